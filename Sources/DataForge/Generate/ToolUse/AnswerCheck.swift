import OrderedJSON

/// Finds answers that do not follow from what the tools said, as far as a program can tell without a judge.
struct AnswerCheck: Sendable {
  /// The tools that the answer's reader does not know.
  let tools: [Tool]
  /// What was said before the turn: requests, answers and results.
  let before: [String]

  /// Why the answer to a turn whose calls were made cannot stand; `nil` where nothing is found.
  func problem(with answer: String, after turn: ToolUseTurn) -> String? {
    if let problem = problem(withForm: answer) { return problem }
    let results = turn.steps.flatMap(\.observations)
    let said = SaidSoFar(
      before + [turn.request] + results.map(\.asContent)
        + turn.steps.flatMap(\.calls).map { $0.arguments.serialized() })
    if let number = said.unexplainedNumbers(in: answer).first {
      return "the answer says \(number), which neither the user nor a result says"
    }
    let answered = SaidSoFar([answer])
    for (call, result) in zip(turn.steps.flatMap(\.calls), results) where isLast(call, of: turn) {
      let leaves = Self.leaves(of: result.output)
      if !leaves.isEmpty, !leaves.contains(where: answered.hintsAt) {
        return "the answer says nothing of what \(call.name) returned"
      }
    }
    return nil
  }

  /// Why an answer cannot stand where no tool serves the request; `nil` where nothing is found.
  func problem(withRefusal answer: String, of request: String) -> String? {
    if let problem = problem(withForm: answer) { return problem }
    let words = " " + answer.lowercased().replacing("’", with: "'") + " "
    guard Self.refusals.contains(where: words.contains) || answer.hasSuffix("?") else {
      return "the answer claims to do what no tool does; it must say that it cannot be done"
    }
    return SaidSoFar(before + [request] + tools.map { $0.description ?? "" }).unexplainedNumbers(in: answer).first.map {
      "the answer says \($0), which nobody said"
    }
  }

  private func problem(withForm answer: String) -> String? {
    guard answer.contains(where: \.isLetter) || answer.contains(where: \.isNumber) else { return "the answer is empty" }
    if answer.hasPrefix("{") || answer.hasPrefix("[{") || answer.contains("<tool_call") {
      return "the answer is to be words for the user, not JSON"
    }
    if let tool = tools.first(where: { answer.contains($0.name + "(") }) {
      return "the answer speaks of \(tool.name)(…), which the user does not know"
    }
    // A small model leaves gaps to fill: “It is [current time].”
    if answer.contains(#/(\[|<|\{\{)[A-Za-z][A-Za-z_ ]{2,40}(\]|>|\}\})(?!\()/#) {
      return "the answer has a gap to fill in"
    }
    return nil
  }

  /// In steps that build upon each other, what the last one returned is what was asked for.
  private func isLast(_ call: ToolCall, of turn: ToolUseTurn) -> Bool { turn.steps.last?.calls.contains(call) ?? false }

  private static let most = 200

  /// The texts and numbers of a result.
  private static func leaves(of result: JSONValue) -> [JSONValue] {
    switch result {
    case .object(let object): return Array(object.values.flatMap(leaves).prefix(most))
    case .array(let list): return Array(list.flatMap(leaves).prefix(most))
    case .string(let text): return text.contains { $0.isLetter || $0.isNumber } ? [result] : []
    case .integer, .double: return [result]
    default: return []
    }
  }

  private static let refusals = [
    " can't ", " cannot ", " can not ", " unable ", " not able ", "n't have ", " not have ", " no tool", " none of ",
    " sorry", " unfortunately", " not possible ", " beyond ", " not support", "n't support", " outside ", " apologi",
    " not available ", "n't available ", "n't help ", " no access ", " lack ", " not something ", "n't possible ",
    "n't able ", " no way ", " not equipped ", " do not provide", " not provide", " am limited ", " nicht ",
    " no puedo ",
  ]
}
