import Testing

@testable import DataForge

@Suite struct NetworkRulesTests {
  /// Whether a call to the URL may go to these addresses.
  private func allows(_ rules: NetworkRules, _ url: String, at addresses: String...) -> Bool {
    do {
      let address = try WebAddress(url)
      let reach = try rules.reach(address)
      for text in addresses.isEmpty ? [address.host] : addresses {
        try rules.check(try #require(IPAddress(text)), of: address, reach)
      }
      return true
    } catch {
      return false
    }
  }

  @Test func onlyListedHostsAreCalled() {
    let rules = NetworkRules(hosts: ["api.example.org", "other.example:8443"])
    #expect(allows(rules, "https://api.example.org/x", at: "93.184.216.34"))
    #expect(allows(rules, "https://API.example.org.:99/x", at: "93.184.216.34"))
    #expect(allows(rules, "https://other.example:8443/", at: "93.184.216.34"))
    #expect(!allows(rules, "https://other.example/", at: "93.184.216.34"))
    #expect(!allows(rules, "https://sub.api.example.org/", at: "93.184.216.34"))
    #expect(!allows(rules, "https://api.example.org.evil.example/", at: "93.184.216.34"))
    #expect(!allows(NetworkRules(), "http://127.0.0.1/"))
    #expect(!allows(NetworkRules(), "http://example.org/", at: "93.184.216.34"))
  }

  @Test(arguments: [
    "127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1", "fe80::1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "0.0.0.0", "224.0.0.1", "100.64.0.1",
  ]) func aListedNameMustBePublicInEveryOneOfItsAddresses(address: String) {
    let rules = NetworkRules(hosts: ["api.example.org"])
    #expect(!allows(rules, "http://api.example.org/", at: address))
    #expect(!allows(rules, "http://api.example.org/", at: "93.184.216.34", address))
    #expect(allows(NetworkRules(named: ["api.example.org"]), "http://api.example.org/", at: address))
  }

  @Test func aListedLiteralMayBeHereOrInThePrivateNetwork() {
    for host in ["127.0.0.1", "10.1.2.3", "192.168.0.9", "[::1]", "[fd12::1]"] {
      #expect(allows(NetworkRules(hosts: [host]), "http://\(host):8801/"))
      #expect(allows(NetworkRules(hosts: ["\(host):8801"]), "http://\(host):8801/"))
      #expect(!allows(NetworkRules(hosts: ["\(host):8801"]), "http://\(host):8802/"))
    }
    #expect(allows(NetworkRules(hosts: ["localhost:80"]), "http://localhost/", at: "127.0.0.1", "::1"))
    #expect(!allows(NetworkRules(hosts: ["localhost"]), "http://localhost/", at: "10.0.0.1"))
    // Only the one name is a literal; others that lead here are names.
    #expect(!allows(NetworkRules(hosts: ["ip6-localhost"]), "http://ip6-localhost/", at: "::1"))
    #expect(!allows(NetworkRules(hosts: ["x.localhost"]), "http://x.localhost/", at: "127.0.0.1"))
  }

  @Test(arguments: ["169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", "0.0.0.0", "[::]", "224.0.0.1", "[::127.0.0.1]"])
  func whereSecretsAreHandedOutOnlyTheUserMayCall(host: String) {
    #expect(!allows(NetworkRules(hosts: [host]), "http://\(host)/"))
    #expect(allows(NetworkRules(named: [host]), "http://\(host)/"))
  }

  @Test func anAddressIsTheSameInEveryForm() {
    let rules = NetworkRules(hosts: ["127.0.0.1:8801"])
    for host in ["127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1"] {
      #expect(allows(rules, "http://\(host):8801/"))
      #expect(!allows(rules, "http://\(host):8802/"))
    }
    #expect(!allows(rules, "http://[::ffff:127.0.0.1]:8801/"))
  }

  @Test(arguments: ["http://x.example", "x.example/path", "user@x.example", "a b", "x.example:http", ""])
  func whatIsNoHostIsNotTaken(text: String) {
    #expect(throws: WebAddress.Invalid.self) { try NetworkRules.checked(text) }
    #expect(throws: ToolFileError.self) { try ToolRegistry(["hosts": [.string(text)], "tools": []]) }
  }
}
