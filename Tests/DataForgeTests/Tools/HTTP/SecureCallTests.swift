import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

/// HTTPS: whose certificates are believed, and what is said where they are not.
@Suite struct SecureCallTests {
  private func call(
    _ host: String, trusting environment: [String: String], resolver: HostResolver = .system
  ) async throws -> (Observation, requests: Int) {
    try await LoopbackServer.with({ _ in .json("ok") }, certificate: .localhost) { server in
      let web = WebClient(
        rules: NetworkRules(named: [host]), resolver: resolver,
        trust: TrustedCertificates.clientConfiguration(environment: environment))
      let tool = try HTTPTools.tool(["base_url": .string("https://\(host):\(server.port)"), "path": "/"])
      let session = HTTPExecutor(web: web).open()
      var seen = try await session.execute(ToolCall(name: "t", arguments: [:]), of: tool)
      if seen.status == .ok { seen = try await session.execute(ToolCall(name: "t", arguments: [:]), of: tool) }
      return (seen, server.requests.count)
    }
  }

  private let trusting = ["SSL_CERT_FILE": LoopbackCertificate.localhost.authority]

  @Test func aServerWithATrustedCertificateIsCalled() async throws {
    let (seen, requests) = try await call("localhost", trusting: trusting)
    #expect(seen.status == .ok && seen.output == "ok" && requests == 2)
  }

  @Test func aCertificateThatNobodyVouchesForIsNotBelieved() async throws {
    let (seen, requests) = try await call("localhost", trusting: [:])
    #expect(
      seen.status == .unreachable && seen.message.contains("certificate") && seen.message.contains("SSL_CERT_FILE"))
    #expect(requests == 0)
  }

  @Test(arguments: ["other.example", "127.0.0.1"]) func aCertificateForAnotherNameIsNotBelieved(
    host: String
  ) async throws {
    let here = HostResolver { _ in [IPAddress("127.0.0.1")].compactMap { $0 } }
    let (seen, requests) = try await call(host, trusting: trusting, resolver: here)
    #expect(seen.status == .unreachable && seen.message.contains("certificate"))
    #expect(requests == 0)
  }

  @Test func aFileOfAuthoritiesThatIsNotThereIsNamed() async throws {
    let (seen, _) = try await call("localhost", trusting: ["SSL_CERT_FILE": "/nowhere/at/all.pem"])
    #expect(seen.status == .unreachable && seen.message.contains("SSL_CERT_FILE"))
  }

  @Test func aServerThatSpeaksNoTLSIsUnreachable() async throws {
    try await LoopbackServer.with({ _ in .json("ok") }) { server in
      let tool = try HTTPTools.tool(["base_url": .string("https://127.0.0.1:\(server.port)"), "path": "/"])
      let executor = HTTPExecutor(rules: NetworkRules(named: ["127.0.0.1"]))
      let seen = try await executor.open().execute(ToolCall(name: "t", arguments: [:]), of: tool)
      #expect(seen.status == .unreachable && seen.message.contains("TLS"))
    }
  }
}
