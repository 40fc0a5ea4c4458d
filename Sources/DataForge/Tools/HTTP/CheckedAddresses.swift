import Synchronization

/// The addresses that hosts have, each checked against the rules of the network.
///
/// A name is resolved here, and a connection goes to one of the addresses that were checked, whatever the name's server
/// says the next time.
final class CheckedAddresses: Sendable {
  /// A host has no address that answers.
  struct NoAddress: Error, Hashable, Sendable {
    var reason: String
  }

  private struct Resolved {
    var addresses: [IPAddress]
    var until: ContinuousClock.Instant
  }

  private let rules: NetworkRules
  private let resolver: HostResolver
  private let resolved = Mutex<[String: Resolved]>([:])

  init(rules: NetworkRules, resolver: HostResolver = .system) {
    self.rules = rules
    self.resolver = resolver
  }

  /// What `addresses(for:)` answers where no name has to be looked up; `nil` where one has to.
  /// - Throws: `NetworkRules.RefusedAddress`.
  func known(for address: WebAddress) throws -> [IPAddress]? {
    let reach = try rules.reach(address)
    if let literal = address.literal { return try checked([literal], of: address, reach) }
    guard let entry = resolved.withLock({ $0[address.host] }), entry.until > .now else { return nil }
    return try checked(entry.addresses, of: address, reach)
  }

  private func checked(
    _ found: [IPAddress], of address: WebAddress, _ reach: NetworkRules.Reach
  ) throws -> [IPAddress] {
    for ip in found { try rules.check(ip, of: address, reach) }
    return found
  }

  /// Where a connection for this address may go, the best first; if one cannot be connected to, the next may be tried.
  /// - Throws: `NetworkRules.RefusedAddress`, `NoAddress`, or `CancellationError`.
  func addresses(for address: WebAddress) async throws -> [IPAddress] {
    if let known = try known(for: address) { return known }
    let found: [IPAddress]
    do {
      found = try await resolver.lookUp(address.host)
    } catch let error as HostResolver.NotFound {
      throw NoAddress(reason: "there is no address for \(address.host) (\(error.reason))")
    }
    guard !found.isEmpty else { throw NoAddress(reason: "there is no address for \(address.host)") }
    resolved.withLock { $0[address.host] = Resolved(addresses: found, until: .now + .seconds(300)) }
    return try checked(found, of: address, try rules.reach(address))
  }

  /// Remembers that a connection was made there, so that this address is the first one the next time.
  func worked(_ ip: IPAddress, for address: WebAddress) {
    resolved.withLock { resolved in
      guard var entry = resolved[address.host], entry.addresses.first != ip,
        let place = entry.addresses.firstIndex(of: ip)
      else { return }
      entry.addresses.swapAt(0, place)
      resolved[address.host] = entry
    }
  }
}
