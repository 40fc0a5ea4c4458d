import AsyncHTTPClient
import NIOCore
import Synchronization

/// HTTP clients whose connections go to addresses that were checked, and nowhere else.
///
/// A name is resolved here, each of its addresses is checked against the rules, and the client that is handed out
/// connects to one of these, whatever the name's server says the next time. No client follows redirects, knows a proxy,
/// or keeps cookies.
public final class CheckedClients: Sendable {
  /// A client, and the address that it connects to.
  public struct Way: Sendable {
    /// Takes requests for the URL that it was asked for.
    public let client: HTTPClient
    let address: IPAddress
  }

  /// A host has no address that answers.
  struct NoAddress: Error, Hashable, Sendable {
    var reason: String
  }

  private struct Pin: Hashable {
    /// `nil` where the URL itself holds the address.
    var name: String?
    var address: IPAddress?
  }

  private struct Resolved {
    var addresses: [IPAddress]
    var until: ContinuousClock.Instant
  }

  private let rules: NetworkRules
  private let resolver: HostResolver
  private let largestBody: Int
  private let clients = Mutex<[Pin: HTTPClient]>([:])
  private let resolved = Mutex<[String: Resolved]>([:])

  /// Opens no connection yet.
  /// - Parameter largestBody: bytes that a compressed body may have when it is unpacked.
  public convenience init(rules: NetworkRules, largestBody: Int = 16 << 20) {
    self.init(rules: rules, largestBody: largestBody, resolver: .system)
  }

  init(rules: NetworkRules, largestBody: Int = 16 << 20, resolver: HostResolver) {
    self.rules = rules
    self.resolver = resolver
    self.largestBody = largestBody
  }

  deinit {
    for client in clients.withLock({ $0.values.map { $0 } }) { client.shutdown { _ in } }
  }

  /// The ways to an address, the best first; if one cannot be connected to, the next may be tried.
  /// - Throws: `NetworkRules.RefusedAddress`, `NoAddress`, or `CancellationError`.
  public func ways(to address: WebAddress) async throws -> [Way] {
    let reach = try rules.reach(address)
    if let literal = IPAddress(address.host) {
      try rules.check(literal, of: address, reach)
      return [Way(client: client(Pin()), address: literal)]
    }
    let addresses = try await self.addresses(of: address.host)
    for ip in addresses { try rules.check(ip, of: address, reach) }
    return addresses.map { Way(client: client(Pin(name: address.host, address: $0)), address: $0) }
  }

  /// Remembers that this way led there, so that it is the first one the next time.
  func worked(_ way: Way, to address: WebAddress) {
    resolved.withLock { resolved in
      guard var entry = resolved[address.host], entry.addresses.first != way.address,
        let place = entry.addresses.firstIndex(of: way.address)
      else { return }
      entry.addresses.swapAt(0, place)
      resolved[address.host] = entry
    }
  }

  private func addresses(of name: String) async throws -> [IPAddress] {
    let now = ContinuousClock.now
    if let known = resolved.withLock({ $0[name] }), known.until > now { return known.addresses }
    let found: [IPAddress]
    do {
      found = try await resolver.lookUp(name)
    } catch let error as HostResolver.NotFound {
      throw NoAddress(reason: "there is no address for \(name) (\(error.reason))")
    }
    guard !found.isEmpty else { throw NoAddress(reason: "there is no address for \(name)") }
    resolved.withLock { $0[name] = Resolved(addresses: found, until: now + .seconds(300)) }
    return found
  }

  private func client(_ pin: Pin) -> HTTPClient {
    clients.withLock { clients in
      if let client = clients[pin] { return client }
      var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
      configuration.httpVersion = .http1Only
      configuration.decompression = .enabled(limit: .size(largestBody))
      configuration.timeout.connect = .seconds(10)
      configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
      // Servers close idle connections after two seconds and more; a request must not meet that moment.
      configuration.connectionPool.idleTimeout = .milliseconds(1_500)
      // A refused connection has to be told at once.
      configuration.connectionPool.retryConnectionEstablishment = false
      if let name = pin.name, let address = pin.address { configuration.dnsOverride = [name: address.description] }
      let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
      clients[pin] = client
      return client
    }
  }
}
