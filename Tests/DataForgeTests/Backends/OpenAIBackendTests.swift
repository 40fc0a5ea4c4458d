import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

@Suite("The openai backend")
struct OpenAIBackendTests {
  @Test("sends a chat completion request and reads the reply, its usage and why it ended")
  func exchange() async throws {
    try await LoopbackServer.with({ _ in .chat("{\"answer\":\"42\"}", prompt: 11, completion: 3) }) { server in
      try await TestBackends.openAI(server, { $0.apiKey = Secret("sk-secret-key\n") }) { backend in
        let reply = try await backend.reply(to: TestBackends.request)
        #expect(reply.text == "{\"answer\":\"42\"}")
        #expect(reply.usage == TokenUsage(prompt: 11, completion: 3))
        #expect(reply.finishReason == .stop)
      }
      let sent = try #require(server.requests.first)
      #expect(sent.method == "POST")
      #expect(sent.path == "/v1/chat/completions")
      #expect(sent.header("authorization") == "Bearer sk-secret-key")
      #expect(sent.header("content-type") == "application/json")
      let body = try #require(sent.json)
      #expect(body["model"] == "mock")
      #expect(body["messages"]?[1]?["content"]?.stringValue == TestBackends.prompt)
      #expect(body["max_tokens"] == 64)
      #expect(body["seed"] == 7)
      #expect(body["response_format"]?["json_schema"]?["schema"] == TestBackends.request.schema)
      #expect(body["response_format"]?["json_schema"]?["strict"] == false, "its schema leaves room")
    }
  }

  @Test("without a key sends no authorization, and extra headers as given")
  func headers() async throws {
    try await LoopbackServer.with({ _ in .chat("x") }) { server in
      try await TestBackends.openAI(server, { $0.extraHeaders = [("X-Team", "blue")] }) { backend in
        _ = try await backend.reply(to: TestBackends.request)
      }
      let sent = try #require(server.requests.first)
      #expect(sent.header("authorization") == nil)
      #expect(sent.header("x-team") == "blue")
    }
  }

  @Test("goes on without response_format where the server does not know it, and says so once")
  func formatFallback() async throws {
    let log = LogLines()
    let script: LoopbackServer.Script = { request in
      request.json?["response_format"] == nil
        ? .chat("plain") : .error(400, "Unrecognized request argument supplied: response_format")
    }
    try await LoopbackServer.with(script) { server in
      try await TestBackends.openAI(server, log: log) { backend in
        for _ in 0..<2 {
          let text = try await backend.reply(to: TestBackends.request).text
          #expect(text == "plain")
        }
      }
      #expect(server.requests.count == 3)
    }
    #expect(log.all.count == 1)
    #expect(log.all.first?.contains("response_format") == true)
  }

  @Test("goes on with max_completion_tokens and without temperature where a reasoning model wants it so")
  func reasoningModel() async throws {
    let script: LoopbackServer.Script = { request in
      if request.json?["max_tokens"] != nil {
        return .error(400, "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.")
      }
      if request.json?["temperature"] != nil {
        return .error(400, "Unsupported value: 'temperature' does not support 0 with this model.")
      }
      return .chat("well")
    }
    try await LoopbackServer.with(script) { server in
      try await TestBackends.openAI(server) { backend in
        let text = try await backend.reply(to: TestBackends.request).text
        #expect(text == "well")
      }
      let last = try #require(server.requests.last?.json)
      #expect(last["max_completion_tokens"] == 64)
      #expect(last["response_format"] != nil)
    }
  }

  @Test("a 400 about something else is refused at once")
  func refused() async throws {
    try await LoopbackServer.with({ _ in .error(400, "bad seed") }) { server in
      let error = try await TestBackends.openAI(server) { await TestBackends.failure(of: $0) }
      #expect(error == .refused(status: 400, detail: "bad seed"))
      #expect(error?.consequence == .leavesUndone)
      #expect(server.requests.count == 1)
    }
  }

  @Test("keeps as many requests under way as the options allow", .timeLimit(.minutes(1)))
  func concurrency() async throws {
    try await LoopbackServer.with({ _ in .never }) { server in
      try await TestBackends.openAI(server, { $0.concurrency = 64 }) { backend in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<64 { group.addTask { _ = try? await backend.reply(to: TestBackends.request) } }
          // None is answered, so all 64 can only arrive if none waits for another.
          while server.requests.count < 64 { try await Task.sleep(for: .milliseconds(2)) }
          group.cancelAll()
        }
      }
      #expect(server.mostAtOnce == 64)
    }
  }

  @Test("uses a connection again")
  func keepAlive() async throws {
    try await LoopbackServer.with({ _ in .chat("x") }) { server in
      try await TestBackends.openAI(server) { backend in
        for _ in 0..<5 { _ = try await backend.reply(to: TestBackends.request) }
      }
      #expect(server.requests.count == 5)
      // On a busy machine a connection may come back to the pool just after the next call has begun.
      #expect(server.connectionCount < 4)
    }
  }

  @Test("a cancelled task ends although the server never answers", .timeLimit(.minutes(1)))
  func cancelled() async throws {
    try await LoopbackServer.with({ _ in .never }) { server in
      try await TestBackends.openAI(server, { $0.timeout = .seconds(600) }) { backend in
        let task = Task { try await backend.reply(to: TestBackends.request) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
      }
    }
  }

  @Test("a cancelled task ends although the body never does", .timeLimit(.minutes(1)))
  func cancelledInTheBody() async throws {
    try await LoopbackServer.with({ _ in .drip(every: .milliseconds(5)) }) { server in
      try await TestBackends.openAI(server, { $0.timeout = .seconds(600) }) { backend in
        let task = Task { try await backend.reply(to: TestBackends.request) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        try await Task.sleep(for: .milliseconds(30))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
      }
    }
  }

  @Test("a backend that nobody shut down takes nothing down with it")
  func forgotten() async throws {
    try await LoopbackServer.with({ _ in .chat("x") }) { server in
      let options = OpenAIOptions(baseURL: try BaseURL(server.baseURL), model: "mock")
      let text = try await OpenAIBackend(options).reply(to: TestBackends.request).text
      #expect(text == "x")
    }
  }
}
