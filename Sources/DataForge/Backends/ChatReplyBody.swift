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
    let (thought, rest) = ThoughtBlock.parted(text ?? "")
    // vLLM and OpenRouter call it “reasoning”, DeepSeek and llama.cpp “reasoning_content”.
    let apart = message["reasoning_content"]?.stringValue ?? message["reasoning"]?.stringValue
    return BackendReply(
      text: rest, usage: usage(body["usage"]), finishReason: finish, toolCalls: toolCalls(of: message),
      reasoning: [apart, thought].compactMap { $0 }.first { !$0.isEmpty })
  }

  /// The calls that the server found; those that cannot be read are left out.
  private static func toolCalls(of message: JSONValue) -> [ToolCall] {
    let entries = message["tool_calls"]?.arrayValue ?? message["function_call"].map { [$0] } ?? []
    return entries.compactMap { entry in
      let function = entry["function"] ?? entry
      guard let name = function["name"]?.stringValue else { return nil }
      let written = function["arguments"] ?? [:]
      // The protocol says a text that holds JSON; some servers give the object.
      let arguments = written.stringValue.map { $0.isEmpty ? [:] : JSONReply.parse($0) ?? .null } ?? written
      guard arguments.objectValue != nil else { return nil }
      return ToolCall(id: entry["id"]?.stringValue, name: name, arguments: arguments)
    }
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
