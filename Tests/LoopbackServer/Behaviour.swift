import OrderedJSON

/// What the server does with one request.
public indirect enum Behaviour: Sendable {
  /// Answers as HTTP says; `Content-Length` is added.
  case reply(status: Int, headers: [(name: String, value: String)], body: [UInt8])
  /// Waits first.
  case delay(Duration, then: Behaviour)
  /// Announces the whole of another behaviour's reply, sends so many of its bytes, and closes the connection.
  case hangUp(afterBytes: Int, of: Behaviour)
  /// Sends these bytes instead of HTTP, and closes the connection.
  case garbage([UInt8])
  /// Sends a good head, then one byte of a body that never ends, again and again.
  case drip(every: Duration)
  /// Keeps the connection open and says nothing.
  case never

  /// A reply with a text for its body.
  public static func reply(_ status: Int, headers: [(name: String, value: String)] = [], _ body: String = "") -> Self {
    .reply(status: status, headers: headers, body: Array(body.utf8))
  }

  /// A reply that holds JSON.
  public static func json(_ value: JSONValue, status: Int = 200, headers: [(name: String, value: String)] = []) -> Self
  {
    .reply(
      status: status, headers: [("Content-Type", "application/json")] + headers,
      body: Array(value.serialized().utf8))
  }

  /// An error in OpenAI's form.
  public static func error(
    _ status: Int, _ message: String, type: String = "error", headers: [(name: String, value: String)] = []
  ) -> Self {
    .json(["error": ["message": .string(message), "type": .string(type)]], status: status, headers: headers)
  }

  /// A chat completion with this text.
  public static func chat(_ content: String, finishReason: String = "stop", prompt: Int = 7, completion: Int = 5)
    -> Self
  {
    .json([
      "id": "chatcmpl-0", "object": "chat.completion", "created": 0, "model": "mock",
      "choices": [
        [
          "index": 0, "message": ["role": "assistant", "content": .string(content)],
          "finish_reason": .string(finishReason),
        ]
      ],
      "usage": [
        "prompt_tokens": .integer(prompt), "completion_tokens": .integer(completion),
        "total_tokens": .integer(prompt + completion),
      ],
    ])
  }

  /// The bytes of a reply on the wire; `nil` for what is none.
  var wire: [UInt8]? {
    guard case .reply(let status, let headers, let body) = self else { return nil }
    var head = "HTTP/1.1 \(status) Status\r\nContent-Length: \(body.count)\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    return Array((head + "\r\n").utf8) + body
  }
}
