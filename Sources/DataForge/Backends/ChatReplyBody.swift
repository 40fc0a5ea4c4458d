import OrderedJSON

/// What a server's successful answer holds.
enum ChatReplyBody {
  /// Why the answer is no reply.
  enum Fault: Error, Hashable, Sendable {
    case malformed(String)
    /// Gateways answer 200 and put the true server's error into the body.
    case failed(status: Int, body: JSONValue)
  }

  /// Reads the first choice.
  static func reply(from body: JSONValue) throws(Fault) -> BackendReply {
    guard let choice = body["choices"]?[0] else {
      if let error = body["error"], !error.isNull {
        guard let status = error["code"]?.intValue, (400...599).contains(status) else {
          throw .failed(status: 500, body: body)
        }
        throw .failed(status: status, body: body)
      }
      throw .malformed("it has no choices")
    }
    guard let message = choice["message"], message.objectValue != nil else {
      throw .malformed("its first choice has no message")
    }
    var finish = finishReason(choice["finish_reason"])
    var text = try text(of: message["content"])
    if text == nil, let refusal = message["refusal"]?.stringValue {
      text = refusal
      finish = .contentFilter
    }
    return BackendReply(
      text: ThoughtBlock.stripped(text ?? ""), usage: usage(body["usage"]), finishReason: finish)
  }

  /// The words of a content that is a text, a list of parts, or missing.
  private static func text(of content: JSONValue?) throws(Fault) -> String? {
    switch content {
    case nil, .null: return nil
    case .string(let text): return text
    case .array(let parts):
      return parts.compactMap { part in part["text"]?.stringValue ?? part.stringValue }.joined()
    case let other?: throw .malformed("its content is of type \(other.typeName), not a text")
    }
  }

  private static func usage(_ usage: JSONValue?) -> TokenUsage {
    let count: (String) -> Int = { max(0, usage?[$0]?.intValue ?? 0) }
    return TokenUsage(prompt: count("prompt_tokens"), completion: count("completion_tokens"))
  }

  private static func finishReason(_ reason: JSONValue?) -> FinishReason {
    switch reason?.stringValue {
    case "stop", "eos", "eos_token", "stop_sequence", "end_turn": .stop
    case "length", "max_tokens": .length
    case "content_filter": .contentFilter
    case "tool_calls", "function_call": .toolCalls
    default: .other
    }
  }
}
