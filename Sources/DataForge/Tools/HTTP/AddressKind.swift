/// Which part of the network an address belongs to.
///
/// Sources: https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry
public enum AddressKind: String, Hashable, Sendable {
  /// Anyone's: what lies outside of all special ranges.
  case everywhere = "public"
  /// This machine.
  case loopback
  /// The network that this machine stands in: RFC 1918, unique local, and what carriers share among customers.
  case `private`
  /// The wire, and the addresses where clouds hand out their machines' secrets.
  case linkLocal = "link-local"
  /// Multicast, unspecified, documentation, benchmarks, tunnels and everything without an assignment.
  case reserved

  /// What an address is; one that carries an IPv4 address within (mapped, NAT64, 6to4) is what that one is.
  public init(_ address: IPAddress) {
    self = address.isV4 ? Self.ofV4(address.bytes) : Self.ofV6(address.bytes)
  }

  private static func ofV4(_ bytes: [UInt8]) -> AddressKind {
    let (a, b, c) = (bytes[0], bytes[1], bytes[2])
    switch (a, b, c) {
    case (127, _, _): return .loopback
    case (10, _, _), (172, 16...31, _), (192, 168, _), (100, 64...127, _): return .private
    case (169, 254, _): return .linkLocal
    case (0, _, _), (224..., _, _): return .reserved
    case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 18...19, _), (198, 51, 100), (203, 0, 113): return .reserved
    default: return .everywhere
    }
  }

  private static func ofV6(_ bytes: [UInt8]) -> AddressKind {
    func begins(_ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
    let zeros = bytes.prefix { $0 == 0 }.count
    if zeros >= 15, bytes[15] == 1 { return .loopback }
    if zeros == 10, bytes[10] == 0xFF, bytes[11] == 0xFF { return ofV4(Array(bytes[12...])) }
    if begins([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) { return ofV4(Array(bytes[12...])) }
    if begins([0x20, 0x02]) { return ofV4(Array(bytes[2..<6])) }
    // Amazon's metadata service has an address among the private ones.
    if begins([0xFD, 0x00, 0x0E, 0xC2]) { return .linkLocal }
    if bytes[0] & 0xFE == 0xFC { return .private }
    if bytes[0] == 0xFE, bytes[1] & 0xC0 == 0x80 { return .linkLocal }
    // Site-local, long deprecated, was what unique local is now.
    if bytes[0] == 0xFE, bytes[1] & 0xC0 == 0xC0 { return .private }
    // Protocol assignments with Teredo (2001::/23), and documentation.
    if begins([0x20, 0x01]), bytes[2] < 2 || (bytes[2] == 0x0D && bytes[3] == 0xB8) { return .reserved }
    if begins([0x3F, 0xFF]), bytes[2] < 0x10 { return .reserved }
    return bytes[0] & 0xE0 == 0x20 ? .everywhere : .reserved
  }
}
