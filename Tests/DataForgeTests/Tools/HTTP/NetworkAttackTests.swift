import LoopbackServer
import OrderedJSON
import Synchronization
import Testing

@testable import DataForge

/// Each test attacks one property of the rules of the network, with a real server where something could be reached.
@Suite struct NetworkAttackTests {
  private func tool(_ base: String, path: String = "/", arguments: [String] = []) throws -> Tool {
    try HTTPTools.tool(
      [
        "base_url": .string(base), "path": .string(path),
        "parameters": .array(arguments.map { ["argument": .string($0), "in": "path"] }),
      ], arguments: arguments)
  }

  private func call(
    _ url: String, _ rules: NetworkRules, resolver: HostResolver = .system, arguments: JSONObject = [:],
    path: String = "/"
  ) async throws -> Observation {
    let executor = HTTPExecutor(web: WebClient(rules: rules, resolver: resolver))
    let tool = try tool(url, path: path, arguments: arguments.keys)
    return try await executor.open().execute(ToolCall(name: "t", arguments: .object(arguments)), of: tool)
  }

  private func resolver(_ addresses: String...) -> HostResolver {
    HostResolver { _ in addresses.compactMap { IPAddress($0) } }
  }

  // MARK: Redirects

  /// Redirects from an allowed server to a target; the target must see nothing.
  @Test(arguments: [
    "http://127.0.0.1:PORT/secret", "http://localhost:PORT/", "http://127.1:PORT/", "http://2130706433:PORT/",
    "http://0x7f000001:PORT/", "http://0177.0.0.1:PORT/", "http://[::1]:PORT/", "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/", "http://0.0.0.0:PORT/", "http://[::]:PORT/", "//127.0.0.1:PORT/",
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://ip6-localhost:PORT/",
    "http://127.0.0.1:ALLOWED@127.0.0.1:PORT/", "file:///etc/passwd", "ftp://127.0.0.1:PORT/",
    "gopher://127.0.0.1:PORT/",
  ]) func aRedirectLeadsToNoAddressThatIsNotAllowed(location: String) async throws {
    try await LoopbackServer.with({ _ in .json("the secret") }) { target in
      let place = location.replacing("PORT", with: "\(target.port)")
      try await LoopbackServer.with({ request in
        let port = request.header("Host")?.split(separator: ":").last ?? ""
        return .reply(302, headers: [("Location", place.replacing("ALLOWED", with: port))])
      }) { server in
        let url = "http://127.0.0.1:\(server.port)"
        let seen = try await call(url, NetworkRules(hosts: ["127.0.0.1:\(server.port)"]))
        #expect(seen.status == .refused)
        #expect(target.requests.isEmpty)
      }
    }
  }

  @Test func aRedirectToAnAllowedAddressIsFollowedFiveTimesAtMost() async throws {
    for (count, expected) in [(5, Observation.Status.ok), (6, .refused)] {
      try await LoopbackServer.with({ request in
        request.number < count ? .reply(302, headers: [("Location", "/\(request.number)?x=ä b")]) : .json("here")
      }) { server in
        let seen = try await call("http://127.0.0.1:\(server.port)", NetworkRules(hosts: ["127.0.0.1"]))
        #expect(seen.status == expected)
      }
    }
  }

  @Test func anotherServerGetsNoCredentials() async throws {
    try await LoopbackServer.with({ _ in .json("ok") }) { other in
      let target = "http://127.0.0.1:\(other.port)/"
      try await LoopbackServer.with({ $0.path == "/" ? .reply(302, headers: [("Location", target)]) : .json("ok") }) {
        server in
        let tool = try HTTPTools.tool(
          [
            "base_url": .string("http://127.0.0.1:\(server.port)"), "path": "/", "headers": ["X-Mine": "1"],
            "parameters": [["argument": "c", "in": "cookie"], ["argument": "h", "in": "header"]],
            "security": [
              [
                ["scheme": "bearer", "token": "T"], ["scheme": "api-key", "in": "header", "name": "X-Key", "key": "K"],
              ]
            ],
          ], arguments: ["c", "h"])
        let executor = HTTPExecutor(
          web: WebClient(rules: NetworkRules(hosts: ["127.0.0.1"])), environment: { _ in "s3cret" })
        let seen = try await executor.open().execute(ToolCall(name: "t", arguments: ["c": "1", "h": "2"]), of: tool)
        #expect(seen.status == .ok)
        let first = try #require(server.requests.first)
        for name in ["Authorization", "X-Key", "Cookie", "h", "X-Mine"] { #expect(first.header(name) != nil) }
        let second = try #require(other.requests.first)
        for name in ["Authorization", "X-Key", "Cookie", "h", "X-Mine"] { #expect(second.header(name) == nil) }
      }
    }
  }

  @Test func aRedirectKeepsOrChangesTheMethodAsBrowsersDo() throws {
    var request = WebRequest(method: "POST", address: try WebAddress("http://a.example/"), body: [1])
    #expect(try WebClient.redirected(request, status: 302, to: "/x").method == "GET")
    #expect(try WebClient.redirected(request, status: 303, to: "/x").body == nil)
    #expect(try WebClient.redirected(request, status: 307, to: "/x").method == "POST")
    request.method = "HEAD"
    #expect(try WebClient.redirected(request, status: 303, to: "/x").method == "HEAD")
  }

  // MARK: Names

  @Test func namesThatLeadToThisMachineAreRefused() async throws {
    try await LoopbackServer.with({ _ in .json("the secret") }) { server in
      for (name, addresses) in [
        ("localtest.example", ["127.0.0.1"]), ("mixed.example", ["93.184.216.34", "127.0.0.1"]),
        ("six.example", ["::1"]), ("mapped.example", ["::ffff:127.0.0.1"]), ("nat.example", ["64:ff9b::7f00:1"]),
        ("metadata.example", ["169.254.169.254"]), ("home.example", ["192.168.1.1"]),
      ] {
        let resolver = HostResolver { _ in addresses.compactMap { IPAddress($0) } }
        let seen = try await call("http://\(name):\(server.port)", NetworkRules(hosts: [name]), resolver: resolver)
        #expect(seen.status == .refused)
      }
      // The system's own name for it, without a resolver of ours.
      let seen = try await call("http://ip6-localhost:\(server.port)", NetworkRules(hosts: ["ip6-localhost"]))
      #expect(seen.status == .refused || seen.status == .unreachable)
      #expect(server.requests.isEmpty)
    }
  }

  @Test func aNamedHostMayLeadToThisMachineAndTheNextAddressIsTried() async throws {
    try await LoopbackServer.with({ _ in .json("ok") }) { server in
      let rules = NetworkRules(named: ["test.example:\(server.port)"])
      let web = WebClient(rules: rules, resolver: resolver("::1", "127.0.0.1"))
      let executor = HTTPExecutor(web: web)
      let tool = try tool("http://test.example:\(server.port)")
      for _ in 0..<2 {
        let seen = try await executor.open().execute(ToolCall(name: "t", arguments: [:]), of: tool)
        #expect(seen.status == .ok)
      }
      #expect(server.requests.first?.header("Host") == "test.example:\(server.port)")
      #expect(try await call("http://localhost:\(server.port)", NetworkRules(hosts: ["localhost"])).status == .ok)
    }
  }

  /// The name's server answers once with an allowed address and afterwards with another.
  @Test func aNameThatChangesItsAddressGainsNothing() async throws {
    try await LoopbackServer.with({ _ in .json("the secret") }) { server in
      let asked = Mutex(0)
      let rebinding = HostResolver { _ in
        let count = asked.withLock { count in
          count += 1
          return count
        }
        // TEST-NET-1 is nowhere; it stands for the public address that the first answer shows.
        return [IPAddress(count == 1 ? "93.184.216.34" : "127.0.0.1")].compactMap { $0 }
      }
      let known = CheckedAddresses(rules: NetworkRules(hosts: ["rebind.example"]), resolver: rebinding)
      let address = try WebAddress("http://rebind.example:\(server.port)/")
      let first = try await known.addresses(for: address)
      #expect(first.map(\.description) == ["93.184.216.34"])
      #expect(try await known.addresses(for: address).map(\.description) == ["93.184.216.34"])
      #expect(asked.withLock { $0 } == 1)
      #expect(server.requests.isEmpty)
    }
  }

  @Test func theSystemFindsItsOwnNameEveryTime() async throws {
    for _ in 0..<200 {
      let found = try await HostResolver.system.lookUp("localhost")
      #expect(!found.isEmpty && found.allSatisfy { AddressKind($0) == .loopback })
    }
  }

  @Test func aNameThatIsNowhereIsUnreachable() async throws {
    let nowhere = HostResolver { _ in throw HostResolver.NotFound(reason: "Name or service not known") }
    let seen = try await call("http://no.example", NetworkRules(hosts: ["no.example"]), resolver: nowhere)
    #expect(seen.status == .unreachable && seen.message.contains("no.example"))
  }

  // MARK: Addresses and schemes

  @Test(arguments: [
    "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.01", "[::1]", "[::ffff:127.0.0.1]",
    "[0:0:0:0:0:ffff:7f00:1]",
    "localhost", "LOCALHOST.", "0.0.0.0", "[::]",
  ]) func nothingOnThisMachineIsCalledThatIsNotListed(host: String) async throws {
    try await LoopbackServer.with({ _ in .json("the secret") }) { server in
      let seen = try await call("http://\(host):\(server.port)", NetworkRules(hosts: ["api.example.org"]))
      #expect(seen.status == .refused)
      #expect(server.requests.isEmpty)
    }
  }

  @Test(arguments: [
    "file:///etc/passwd", "FILE:///etc/passwd", "ftp://127.0.0.1/", "unix:///run/docker.sock", "http+unix://%2Frun%2Fx",
  ])
  func onlyHTTPIsSpoken(url: String) {
    #expect(throws: ToolFileError.self) { try tool(url) }
  }

  @Test func aProxyOfTheEnvironmentIsNotUsed() async throws {
    // The client reads no environment; a proxy that were asked would see an absolute URL.
    try await LoopbackServer.with({ _ in .json("ok") }) { server in
      _ = try await call("http://127.0.0.1:\(server.port)", NetworkRules(hosts: ["127.0.0.1"]))
      #expect(server.requests.map(\.path) == ["/"])
    }
  }

  // MARK: What arguments can do

  @Test func headersAndPathsArriveAsTheyWereMeant() async throws {
    try await LoopbackServer.with({ _ in .json("ok") }) { server in
      let url = "http://127.0.0.1:\(server.port)/api"
      let rules = NetworkRules(hosts: ["127.0.0.1"])
      for value in ["a/b", "%2e%2e%2fadmin", "a;b", "a?b#c", "a\r\nX-Evil: 1", "@evil.example/", "é\u{0}"] {
        let seen = try await call(url, rules, arguments: ["id": .string(value)], path: "/pets/{id}/toys")
        #expect(seen.status == .ok)
      }
      for value in ["../admin", "..", "..\\..", "x/../../admin"] {
        let seen = try await call(url, rules, arguments: ["id": .string(value)], path: "/pets/{id}/toys")
        #expect(seen.status == .refused)
      }
      #expect(
        server.requests.map(\.path)
          == [
            "a%2Fb", "%252e%252e%252fadmin", "a%3Bb", "a%3Fb%23c", "a%0D%0AX-Evil%3A%201", "%40evil.example%2F",
            "%C3%A9%00",
          ].map { "/api/pets/\($0)/toys" })
      #expect(server.requests.allSatisfy { $0.header("X-Evil") == nil })
    }
  }
}
