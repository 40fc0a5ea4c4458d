import Foundation
import OrderedJSON
import Testing

@testable import DataForge

@Suite("The replay backend")
struct ReplayBackendTests {
  private let reply = BackendReply(
    text: "{\"answer\":\"é\"}", usage: TokenUsage(prompt: 3, completion: 4), finishReason: .length)

  /// Writes rows to a file, lets `body` use it, and removes it.
  private func with<Result>(
    _ rows: [JSONValue], suffix: String = "jsonl", _ body: (String) async throws -> Result
  ) async throws -> Result {
    let path = FileManager.default.temporaryDirectory.appending(path: "replay-\(UUID().uuidString).\(suffix)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let writer = try JSONLinesWriter(path: path)
    for row in rows { try writer.write(row) }
    try writer.finish()
    return try await body(path)
  }

  private func record(_ request: BackendRequest, _ reply: BackendReply, model: String = "m") throws -> JSONValue {
    try JSONValueEncoder().encode(CallRecord(backend: "openai", model: model, request: request, reply: reply))
  }

  @Test("gives the recorded reply again, from plain and packed files", arguments: ["jsonl", "jsonl.gz"])
  func replays(suffix: String) async throws {
    try await with([record(TestBackends.request, reply)], suffix: suffix) { path in
      let backend = try ReplayBackend(path: path)
      #expect(backend.model == "m")
      #expect(backend.count == 1)
      for _ in 0..<2 {
        let again = try await backend.reply(to: TestBackends.request)
        #expect(again == reply)
      }
    }
  }

  @Test("does not know a request with another word, setting or model")
  func unknown() async throws {
    try await with([record(TestBackends.request, reply)]) { path in
      let backend = try ReplayBackend(path: path)
      var request = TestBackends.request
      request.sampling.seed = 8
      #expect(await TestBackends.failure(of: backend, request) == .notRecorded)
      request = TestBackends.request
      request.messages[0].content = "Answer in XML."
      #expect(await TestBackends.failure(of: backend, request) == .notRecorded)
      #expect(await TestBackends.failure(of: try ReplayBackend(path: path, model: "n")) == .notRecorded)
    }
  }

  @Test("takes the last of two replies, and a file that names no model")
  func handMade() async throws {
    let second = BackendReply(text: "second", usage: TokenUsage(), finishReason: .stop)
    let rows: [JSONValue] = try [reply, second].map {
      ["request": try JSONValueEncoder().encode(TestBackends.request), "reply": try JSONValueEncoder().encode($0)]
    }
    try await with(rows) { path in
      let text = try await ReplayBackend(path: path).reply(to: TestBackends.request).text
      #expect(text == "second")
      let named = try await ReplayBackend(path: path, model: "mine").reply(to: TestBackends.request).text
      #expect(named == "second")
    }
  }

  @Test("answers many at once from many different calls")
  func many() async throws {
    let requests = (0..<500).map { number in
      BackendRequest(messages: [Message(role: .user, content: "\(number)")], sampling: Sampling())
    }
    let rows = try requests.enumerated().map { number, request in
      try record(request, BackendReply(text: "reply \(number)", usage: TokenUsage(), finishReason: .stop))
    }
    try await with(rows) { path in
      let backend = try ReplayBackend(path: path)
      let wrong = try await withThrowingTaskGroup(of: Bool.self) { group in
        for (number, request) in requests.enumerated() {
          group.addTask { try await backend.reply(to: request).text != "reply \(number)" }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(wrong == 0)
    }
  }

  @Test("says which line of a recording is none")
  func invalid() async throws {
    try await with([record(TestBackends.request, reply), ["request": "hello"]]) { path in
      let error = try #require(throws: ReplayBackend.Invalid.self) { try ReplayBackend(path: path) }
      #expect(error.description.contains("line 2"))
      #expect(error.description.contains("“reply”"))
    }
    try await with([]) { path in
      let error = try #require(throws: ReplayBackend.Invalid.self) { try ReplayBackend(path: path) }
      #expect(error.description.contains("no recorded call"))
    }
    #expect(throws: FileError.self) { try ReplayBackend(path: "/nowhere/calls.jsonl") }
  }

  @Test("names requests by what decides the reply: the passage does not, the order of a schema's members does")
  func key() {
    let request = TestBackends.request
    var same = request
    same.passage = Chunk(id: "c", documentID: "d", index: 0, headings: [], text: "t", tokens: 1, pieces: [])
    #expect(same.key(model: "m") == request.key(model: "m"))
    #expect(request.key(model: "m") != request.key(model: "n"))
    #expect(request.key(model: "m").count == 32)
    var one = request
    var other = request
    one.schema = ["type": "object", "properties": ["a": ["type": "string"], "b": ["type": "string"]]]
    other.schema = ["type": "object", "properties": ["b": ["type": "string"], "a": ["type": "string"]]]
    #expect(one.key(model: "m") != other.key(model: "m"))
  }
}
