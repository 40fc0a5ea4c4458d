/// A host that calls may go to, as a person writes it: `api.example.org`, `127.0.0.1:8801`, `[::1]:80`.
///
/// Without a port it stands for every port of that host. Subdomains are hosts of their own.
struct HostPattern: Hashable, Sendable {
  /// In the form of `WebAddress.host`.
  var host: String
  var port: Int?

  /// Reads an entry.
  init(_ text: String) throws(WebAddress.Invalid) {
    guard !text.contains("/") else {
      throw WebAddress.Invalid(reason: "\(text.shown) is no host; write only its name, such as api.example.org")
    }
    // A bare IPv6 address has colons, but no port.
    if IPAddress(text) != nil, text.contains(":"), !text.hasPrefix("[") {
      host = try WebAddress.host("[\(text)]")
      return
    }
    let address = try WebAddress("http://\(text)")
    host = address.host
    let end = text.last == "]" ? nil : text.lastIndex(of: ":")
    port = end == nil ? nil : address.port
  }

  func matches(_ address: WebAddress) -> Bool { host == address.host && (port == nil || port == address.port) }
}
