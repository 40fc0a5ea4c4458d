/// Which addresses calls may go to.
///
/// A call goes only to hosts that the tools file lists or the user names. A name that the tools file lists must resolve
/// to public addresses only; an IP address or `localhost` in it may be on this machine or in the private network, but
/// never link-local or reserved. What the user names may be anything. Names are resolved once, every address is
/// checked, and the connection goes to the checked one.
public struct NetworkRules: Hashable, Sendable {
  /// Why a call may not be made.
  public struct RefusedAddress: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is not allowed, and how to allow it.
    public var reason: String
    public var description: String { reason }
  }

  /// Hosts of the tools file, as `host` or `host:port`.
  public var hosts: [String]
  /// Hosts that the user names (`--allow-host`), likewise.
  public var named: [String]
  private let patterns: [HostPattern]
  private let namedPatterns: [HostPattern]

  /// Takes the tools file's hosts and the user's. An entry that is no host allows nothing.
  public init(hosts: [String] = [], named: [String] = []) {
    self.hosts = hosts
    self.named = named
    patterns = hosts.compactMap { try? HostPattern($0) }
    namedPatterns = named.compactMap { try? HostPattern($0) }
  }

  /// Reads what a person wrote after `--allow-host`.
  /// - Throws: `WebAddress.Invalid` for what is no host.
  public static func checked(_ entry: String) throws(WebAddress.Invalid) -> String {
    _ = try HostPattern(entry)
    return entry
  }

  /// Which kinds of addresses a host may have.
  enum Reach: Hashable, Sendable {
    /// The user named it.
    case any
    /// A literal of the tools file.
    case literal
    /// A name of the tools file.
    case everywhere

    func allows(_ kind: AddressKind) -> Bool {
      switch (self, kind) {
      case (.any, _), (_, .everywhere): true
      case (.literal, .loopback), (.literal, .private): true
      default: false
      }
    }
  }

  /// How far a call to the address may reach.
  /// - Throws: `RefusedAddress` where its host is not listed.
  func reach(_ address: WebAddress) throws(RefusedAddress) -> Reach {
    if namedPatterns.contains(where: { $0.matches(address) }) { return .any }
    guard patterns.contains(where: { $0.matches(address) }) else {
      throw RefusedAddress(
        reason: "\(address.hostAndPort) is not among the hosts that may be called; allow it with "
          + "--allow-host \(address.hostAndPort), or list it under \"hosts\" of the tools file")
    }
    return address.host == "localhost" || address.literal != nil ? .literal : .everywhere
  }

  /// Checks one of the addresses that a host has.
  func check(_ ip: IPAddress, of address: WebAddress, _ reach: Reach) throws(RefusedAddress) {
    let kind = AddressKind(ip)
    // `localhost` is a literal by agreement; a resolver that thinks otherwise gets no more than any name.
    let isElsewhere = address.host == "localhost" && kind != .loopback
    guard !(isElsewhere ? (reach == .literal ? .everywhere : reach) : reach).allows(kind) else { return }
    let place = address.literal == nil ? "\(address.host) is at \(ip), a" : "\(ip) is a"
    throw RefusedAddress(
      reason: "\(place) \(kind.rawValue) address; if that is meant, allow it with "
        + "--allow-host \(address.hostAndPort)")
  }
}
