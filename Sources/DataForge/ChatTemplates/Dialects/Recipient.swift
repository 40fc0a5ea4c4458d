/// The header of a turn that says to whom it goes: `assistant to=functions.get_weather<|channel|>commentary json`.
struct Recipient {
  let role: String
  private let second: String?
  private let to: String?
  private let channel: String?

  init(_ header: String) {
    let words = header.split { $0 == " " || $0 == "<" }.map(String.init)
    role = words.first ?? ""
    to = words.first { $0.hasPrefix("to=") }.map { String($0.dropFirst(3)) }
    channel = words.first { $0.hasPrefix("|channel|>") }.map { String($0.dropFirst(10)) }
    second = words.dropFirst().first { !$0.hasPrefix("|") && !$0.hasPrefix("to=") }
  }

  /// Whether a tool answers.
  var isResult: Bool {
    if ["assistant", "user", "system", "developer"].contains(role) { return false }
    return role == "tool" || role.hasPrefix("functions.") || to == "assistant"
  }

  /// The tool that answers.
  var toolName: String? { role == "tool" ? second : Self.bare(role) }
  /// Whether an assistant speaks to itself.
  var isReasoning: Bool { to == "self" || (channel == "analysis" && to == nil) }

  /// The tool that an assistant calls.
  var calledTool: String? {
    guard let to, to != "user", to != "self" else { return nil }
    return Self.bare(to)
  }

  private static func bare(_ name: String) -> String {
    name.hasPrefix("functions.") ? String(name.dropFirst("functions.".count)) : name
  }
}
