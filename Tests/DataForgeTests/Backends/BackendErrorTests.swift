import Testing

@testable import DataForge

@Suite("A backend's error")
struct BackendErrorTests {
  @Test(
    "says what is wrong, where, and what to do",
    arguments: [
      (
        BackendError.unreachable(address: "http://127.0.0.1:8080/v1", detail: "it refuses connections"),
        ["http://127.0.0.1:8080/v1", "is it running?", "--base-url"]
      ),
      (.notFound(address: "http://h/chat/completions", status: 404, detail: ""), ["/v1", "--model", "404"]),
      (.unauthorised(status: 401), ["401", "OPENAI_API_KEY"]), (.unauthorised(status: 402), ["spend"]),
      (.rateLimited(attempts: 6), ["429", "6 attempts", "--concurrency"]),
      (.serverFailure(status: 503, attempts: 1), ["503", "1 attempt)"]),
      (.timedOut(seconds: 120, attempts: 2), ["120 s", "2 attempts"]),
      (.connectionLost(detail: "x", attempts: 2), ["x", "run again"]),
      (.malformed(detail: "it is a web page", attempts: 3), ["web page", "--base-url"]),
      (.contextExceeded(detail: ""), ["chunks smaller"]), (.refused(status: 422, detail: "no"), ["422", "“no”"]),
      (.notRecorded, ["recorded"]),
    ])
  func description(error: BackendError, words: [String]) {
    for word in words { #expect(error.description.contains(word), "\(error)") }
    #expect(!error.description.contains("\n"))
  }
}
