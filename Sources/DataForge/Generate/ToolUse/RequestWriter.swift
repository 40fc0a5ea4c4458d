import OrderedJSON

/// Lets a model write what a user says, and checks that it can be served: the values that the calls need are said, and
/// nothing speaks of functions.
struct RequestWriter: Sendable {
  let prompt: ToolUsePrompt
  let backend: any Backend
  let sampling: Sampling

  /// How often a request is written before it is given up.
  private static let attempts = 3

  /// What came of it: a request, or why there is none.
  enum End: Sendable {
    case written(String)
    case unreadable
    case unfit(String, request: String)
  }

  /// - Throws: `BackendError`, or what stops the run.
  func write(_ goal: ToolUsePrompt.Goal, style: String, after turns: [ToolUseTurn]) async throws -> End {
    var failed: [String] = []
    var end = End.unreadable
    for attempt in 0..<Self.attempts {
      var sampling = sampling.attempt(attempt, of: attempt)
      // People ask in many ways.
      sampling.temperature = max(sampling.temperature, 0.7)
      let reply = try await backend.reply(
        to: BackendRequest(
          messages: prompt.request(goal, style: style, after: turns, failed: failed),
          schema: ToolUsePrompt.requestSchema, schemaName: "request", sampling: sampling))
      guard reply.finishReason != .length,
        let request = JSONReply.parse(reply.text)?["request"]?.stringValue?.split(whereSeparator: \.isWhitespace)
          .joined(separator: " "), !request.isEmpty
      else {
        failed.append(#"the reply was not {"request": "…"}"#)
        continue
      }
      if let problem = problem(with: request, goal) {
        end = .unfit(problem, request: request)
        failed.append("“\(request.prefix(300))”: \(problem)")
        continue
      }
      let unsaid = unsaid(in: request, goal, after: turns)
      if unsaid.isEmpty { return .written(request) }
      // A small model keeps its “July 15th”: then the user says what is missing in a sentence more.
      if attempt == Self.attempts - 1 { return .written(request + unsaid.map { " \($0.sentence)" }.joined()) }
      let missing = unsaid.map { $0.value.serialized() }.joined(separator: ", ")
      let problem = "it does not say \(missing.prefix(300)); write that in full"
      end = .unfit(problem, request: request)
      failed.append("“\(request.prefix(300))”: \(problem)")
    }
    return end
  }

  /// Why a request cannot stand; `nil` where nothing is found.
  private func problem(with request: String, _ goal: ToolUsePrompt.Goal) -> String? {
    if let name = prompt.tools.map(\.name).first(where: { Self.isTechnical($0) && request.contains($0) }) {
      return "it names \(name), which the user does not know"
    }
    // A small model repeats what it was told of users: “I am not familiar with functions.”
    let about = prompt.tools.map { "\($0.description ?? "") \($0.parameters.serialized())".lowercased() }
    let words = ["the assistant", "parameter", "functions", " tools"]
    if let word = words.first(where: { word in
      request.lowercased().contains(word) && !about.contains { $0.contains(word) }
    }) {
      return "it speaks of “\(word)”, as no user does"
    }
    guard case .calls(let calls) = goal else { return nil }
    let said = SaidSoFar([request])
    for call in calls {
      guard let link = call.link, let value = call.arguments[link.argument], case .string(let text) = value else {
        continue
      }
      if text.count > 3, said.says(value) { return "it says “\(text)”, which the user cannot know yet" }
    }
    return nil
  }

  /// A value that a call needs.
  private struct Needed {
    var name: String
    var value: JSONValue

    var sentence: String { "The \(WordsOfName.phrase(name)) is \(ArgumentWording.spoken(value))." }
  }

  /// The values that calls need and nobody said. “feet” for foot: whether a choice is understood, the calls will show. What
  /// is assumed anyway need not be said.
  private func unsaid(in request: String, _ goal: ToolUsePrompt.Goal, after turns: [ToolUseTurn]) -> [Needed] {
    guard case .calls(let calls) = goal else { return [] }
    let said = SaidSoFar(turns.flatMap(\.said) + [request])
    return calls.flatMap { call in
      let properties = prompt.tools.first { $0.name == call.tool }?.parameters["properties"]
      return (call.arguments.objectValue ?? [:]).compactMap { name, value in
        let property = properties?[name]
        let isFree = name != call.link?.argument && property?["enum"] == nil && property?["default"] != value
        return isFree && !said.says(value) ? Needed(name: name, value: value) : nil
      }
    }
  }

  /// A name that nobody says by chance.
  private static func isTechnical(_ name: String) -> Bool { WordsOfName.words(name).count > 1 && !name.contains(" ") }
}
