import NIOCore

/// Where a connection leads: to an address that was checked, and nowhere else.
struct Route: Hashable, Sendable {
  let ip: IPAddress
  let port: Int
  let isSecure: Bool
  /// The name that the server's certificate must be for; `nil` where it must be for the address itself, or where
  /// nothing is encrypted.
  let name: String?

  init(to address: WebAddress, at ip: IPAddress) {
    self.ip = ip
    port = address.port
    isSecure = address.isSecure
    name = isSecure && address.literal == nil ? address.host : nil
  }

  func socketAddress() throws -> SocketAddress {
    try SocketAddress(packedIPAddress: ByteBuffer(bytes: ip.bytes), port: port)
  }
}
