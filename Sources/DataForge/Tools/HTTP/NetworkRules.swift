/// Which addresses calls may go to.
public struct NetworkRules: Hashable, Sendable {
  /// Hosts that are allowed, as `host` or `host:port`.
  public var hosts: [String]
  public init(hosts: [String] = []) { self.hosts = hosts }
}
