import Testing

@testable import DataForge

@Suite struct CookieJarTests {
  /// What goes along to `next` after `from` has set `cookies`.
  private func sent(_ cookies: [String], from: String, to next: String, besides own: String? = nil) throws -> String? {
    let jar = CookieJar()
    jar.take(cookies, from: try WebAddress(from))
    return jar.header(for: try WebAddress(next), besides: own)
  }

  @Test(arguments: [
    (["a=1"], "http://h.example/x", "http://h.example/y", "a=1"),
    (["a=1; Path=/"], "http://h.example/x/y", "http://h.example/z", "a=1"),
    (["a=1; HttpOnly; SameSite=Lax; Max-Age=60"], "http://h.example/", "http://h.example/", "a=1"),
    (["a=1", "b=\"2=3\""], "http://h.example/", "http://h.example/", "a=1; b=\"2=3\""),
    (["a=1", "a=2"], "http://h.example/", "http://h.example/", "a=2"),
    (["a=1", "a=; Max-Age=0", "b=2"], "http://h.example/", "http://h.example/", "b=2"),
    (
      ["a=1", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=2; expires=Fri, 31-Dec-2100 23:59:59 GMT"],
      "http://h.example/", "http://h.example/", "b=2"
    ),
    (["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=9"], "http://h.example/", "http://h.example/", "a=1"),
    (["a=1; Domain=.h.example"], "http://api.h.example/", "http://www.h.example/", "a=1"),
    (["a=1", "b=2; Path=/x/y/z"], "http://h.example/x/y/z", "http://h.example/x/y/z", "b=2; a=1"),
    (["a=1; Secure"], "https://h.example/", "https://h.example/", "a=1"),
  ]) func whatAServerSetGoesBackToIt(cookies: [String], from: String, to: String, expected: String) throws {
    #expect(try sent(cookies, from: from, to: to) == expected)
  }

  @Test(arguments: [
    ("a=1", "http://h.example/", "http://other.example/"),
    ("a=1", "http://h.example/", "http://sub.h.example/"),
    ("a=1; Domain=other.example", "http://h.example/", "http://other.example/"),
    ("a=1; Domain=example", "http://h.example/", "http://h.example/"),
    ("a=1; Domain=0.0.1", "http://127.0.0.1/", "http://126.0.0.1/"),
    ("a=1", "http://h.example/x/y", "http://h.example/z"),
    ("a=1; Path=/x", "http://h.example/x", "http://h.example/xy"),
    ("a=1; Secure", "https://h.example/", "http://h.example/"),
    ("novalue", "http://h.example/", "http://h.example/"),
    ("=1", "http://h.example/", "http://h.example/"),
    ("a=1\u{1}", "http://h.example/", "http://h.example/"),
  ]) func nothingGoesWhereItIsNotMeantFor(cookie: String, from: String, to: String) throws {
    #expect(try sent([cookie], from: from, to: to) == nil)
  }

  @Test func whatACallSaysItselfComesFirst() throws {
    #expect(
      try sent(["a=1", "b=2"], from: "http://h.example/", to: "http://h.example/", besides: "a=9") == "a=9; b=2")
  }

  @Test func aServerCannotFillTheHeadOfARequest() throws {
    let many =
      (0..<1_000).map { "c\($0)=\(String(repeating: "x", count: 4_000))" } + [
        String(repeating: "y", count: 1 << 20) + "=1"
      ]
    let header = try #require(try sent(many, from: "http://h.example/", to: "http://h.example/"))
    #expect(header.utf8.count < 250_000 && !header.contains("y"))
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
    ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
  ]) func datesAreReadInEachForm(text: String, seconds: Int) { #expect(HTTPDate.seconds(text) == seconds) }

  @Test(arguments: ["", "soon", "32 Jan 2020 00:00:00", "Sun, 06 Nov 1994", "1 x 2020 00:00:00"])
  func whatIsNoDateIsNone(text: String) { #expect(HTTPDate.seconds(text) == nil) }
}
