import Testing

@testable import DataForge

@Suite struct WebAddressTests {
  @Test func aURLIsReadInItsParts() throws {
    let address = try WebAddress("HTTPS://API.Example.org.:8443/v1/pets?a=b%20c#top")
    #expect(address.isSecure && address.host == "api.example.org" && address.port == 8443)
    #expect(address.path == "/v1/pets" && address.query == "a=b%20c")
    #expect(address.text == "https://api.example.org:8443/v1/pets?a=b%20c")
    #expect(try WebAddress("http://[::FFFF:127.0.0.1]").text == "http://[::ffff:127.0.0.1]/")
    #expect(try WebAddress("http://example.org:80/").origin == "http://example.org")
  }

  @Test(arguments: [
    "file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1:6379/", "data:text/plain,hello", "unix:///run/x",
    "http+unix://%2Frun%2Fx/", "javascript:alert(1)", "//example.org/", "example.org", "", "http://", "http:///x",
    "http:example.org", "http://user@example.org/", "http://good.example@evil.example/", "http://a b/",
    "http://example.org/a b", "http://example.org/a\r\nX: y", "http://example.org\\@evil.example/",
    "http://example.org:0/", "http://example.org:65536/", "http://example.org:+80/", "http://[::1/", "http://::1/",
    "http://[fe80::1%25eth0]/", "http://ex%61mple.org/", "http://exämple.org/", "http://999.1.1.1/",
    "http://1.2.3.4.5/", "http://a..b/", "http://[::1].evil.example/",
  ]) func whatIsNoPlainURLIsRefused(text: String) {
    #expect(throws: WebAddress.Invalid.self) { try WebAddress(text) }
  }

  @Test func aReferenceLeadsFromWhereItStands() throws {
    let base = try WebAddress("http://a.example/b/c/d?q")
    for (reference, expected) in [
      ("g", "http://a.example/b/c/g"), ("/g", "http://a.example/g"), ("../g", "http://a.example/b/g"),
      ("../../../../g?x", "http://a.example/g?x"), ("./", "http://a.example/b/c/"), ("?y", "http://a.example/b/c/d?y"),
      ("//other.example/x", "http://other.example/x"), ("https://o.example:1/x#f", "https://o.example:1/x"),
      ("", "http://a.example/b/c/d?q"), ("..", "http://a.example/b/"),
    ] {
      #expect(try base.resolving(reference).text == expected)
    }
    #expect(throws: WebAddress.Invalid.self) { try base.resolving("file:///etc/passwd") }
  }
}
