import AsyncHTTPClient
import NIOCore
import Synchronization

/// HTTP clients for answers that come as a stream; their connections go to addresses that were checked, and nowhere
/// else. (`WebClient` is for answers that are read as a whole.)
///
/// No client follows redirects, knows a proxy, or keeps cookies.
public final class CheckedClients: Sendable {
  /// A client, and the address that it connects to.
  struct Way: Sendable {
    /// Takes requests for the URL that it was asked for.
    let client: HTTPClient
    let address: IPAddress
  }

  private struct Pin: Hashable {
    /// `nil` where the URL itself holds the address.
    var name: String?
    var address: IPAddress?
  }

  private let addresses: CheckedAddresses
  private let clients = Mutex<[Pin: HTTPClient]>([:])

  /// Opens no connection yet.
  public init(rules: NetworkRules) {
    addresses = CheckedAddresses(rules: rules)
  }

  deinit {
    for client in clients.withLock({ $0.values.map { $0 } }) { client.shutdown { _ in } }
  }

  /// The ways to an address, the best first; if one cannot be connected to, the next may be tried.
  /// - Throws: `NetworkRules.RefusedAddress`, `CheckedAddresses.NoAddress`, or `CancellationError`.
  func ways(to address: WebAddress) async throws -> [Way] {
    try await addresses.addresses(for: address).map { ip in
      let pin = address.literal == nil ? Pin(name: address.host, address: ip) : Pin()
      return Way(client: client(pin), address: ip)
    }
  }

  private func client(_ pin: Pin) -> HTTPClient {
    clients.withLock { clients in
      if let client = clients[pin] { return client }
      var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
      configuration.httpVersion = .http1Only
      configuration.decompression = .enabled(limit: .size(16 << 20))
      configuration.timeout.connect = .seconds(10)
      configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
      // Servers close idle connections after two seconds and more; a request must not meet that moment.
      configuration.connectionPool.idleTimeout = .milliseconds(1_500)
      // A refused connection has to be told at once.
      configuration.connectionPool.retryConnectionEstablishment = false
      configuration.tlsConfiguration = TrustedCertificates.clientConfiguration()
      if let name = pin.name, let address = pin.address { configuration.dnsOverride = [name: address.description] }
      let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
      clients[pin] = client
      return client
    }
  }
}
