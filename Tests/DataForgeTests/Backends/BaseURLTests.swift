import Testing

@testable import DataForge

@Suite("A base URL")
struct BaseURLTests {
  @Test(
    "is taken as people type it",
    arguments: [
      ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1/chat/completions"),
      ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1/chat/completions"),
      ("http://127.0.0.1:8080//", "http://127.0.0.1:8080/chat/completions"),
      (" HTTPS://api.example.com/v1\n", "https://api.example.com/v1/chat/completions"),
      ("https://api.example.com/v1/chat/completions", "https://api.example.com/v1/chat/completions"),
      ("https://e.com/deployments/x?api-version=2", "https://e.com/deployments/x/chat/completions?api-version=2"),
      ("http://[::1]:8080/v1", "http://[::1]:8080/v1/chat/completions"),
      ("http://[::1]", "http://[::1]/chat/completions"),
      ("http://host/v1#top", "http://host/v1/chat/completions"),
    ])
  func accepted(typed: String, endpoint: String) throws {
    #expect(try BaseURL(typed).appending("chat/completions") == endpoint)
  }

  @Test(
    "that cannot be one is refused with an example",
    arguments: [
      "", "127.0.0.1:8080", "localhost/v1", "ftp://host", "http://", "http:///v1", "http://:80", "http://a b/",
      "http://host:port/v1", "http://host:0", "http://host:99999/v1",
    ])
  func refused(typed: String) {
    #expect(throws: BaseURL.Invalid.self) { try BaseURL(typed) }
  }

  @Test(
    "with a password is refused and the password not repeated",
    arguments: [
      "https://user:hunter2@host/v1", "user:hunter2@host/v1",
    ])
  func password(typed: String) throws {
    let error = try #require(throws: BaseURL.Invalid.self) { try BaseURL(typed) }
    #expect(!error.description.contains("hunter2"))
  }
}
