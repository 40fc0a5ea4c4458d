import Foundation
import OrderedJSON
import Testing

@testable import DataForge

/// What real templates lose of the conformance conversations.
///
/// The totals were taken down from this code after each group of losses had been read against its rendered text, and
/// after a plain search had found every text, name and argument of the rows for which there is no loss.
@Suite(
  .enabled(
    if: ConformanceFolder.path("chat-templates/render.jsonl") != nil, "the conformance folder is not there"))
struct ParseBackConformanceTests {
  /// Losses of each kind, over all templates.
  static let audited: [String: [Loss.Kind: Int]] = [
    "multi_turn_train": [.system: 3, .content: 12],
    "no_think_kwarg": [.system: 2, .content: 2],
    "parallel_tool_calls": [.call: 47, .argument: 1, .content: 17, .result: 24],
    "plain": [.content: 3],
    "reasoning": [.content: 8, .reasoning: 122],
    "system": [.system: 2, .content: 2],
    "tool_args_json_string": [.call: 8, .argument: 22, .content: 6],
    "tool_call_response": [.call: 12, .system: 1, .result: 7],
    "tools_no_call": [.system: 2, .content: 2],
    "typed_content": [.system: 15, .content: 28],
  ]

  struct Case {
    let template: String
    let conversation: String
    let losses: [Loss]
  }

  static func cases() throws -> [Case] {
    let path = try #require(ConformanceFolder.path("chat-templates/render.jsonl"))
    let folder = try #require(ConformanceFolder.path("chat-templates/templates"))
    var backs: [String: ParseBack] = [:]
    var cases: [Case] = []
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let row = try JSONValue(parsing: String(line))
      guard let text = row["expected"]?.stringValue, let name = row["template"]?.stringValue else { continue }
      let back =
        try backs[name] ?? ParseBack(template: String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8))
      backs[name] = back
      let losses = back.losses(
        messages: row["input"]?["messages"]?.arrayValue ?? [], tools: row["input"]?["tools"]?.arrayValue, text: text)
      cases.append(Case(template: name, conversation: row["conversation_id"]?.stringValue ?? "", losses: losses))
    }
    return cases
  }

  @Test func theTableOfLossesIsTheOneThatWasChecked() throws {
    var table: [String: [Loss.Kind: Int]] = [:]
    for item in try Self.cases() {
      for loss in item.losses { table[item.conversation, default: [:]][loss.kind, default: 0] += 1 }
    }
    for (conversation, expected) in Self.audited {
      #expect(table[conversation] ?? [:] == expected, "\(conversation)")
    }
    #expect(Set(table.keys).subtracting(Self.audited.keys) == [])
  }

  @Test func everyTemplateIsRecognised() throws {
    let folder = try #require(ConformanceFolder.path("chat-templates/templates"))
    for name in Set(try Self.cases().map(\.template)) {
      let source = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      #expect(Dialect.recognise(template: source) != nil, "\(name)")
    }
  }

  @Test(arguments: [
    ("LFM2.5-Instruct.jinja", "tool_call_response", Loss.Kind.call),
    ("Mistral-Nemo-Instruct-2407.jinja", "tool_call_response", .system),
    ("trl/qwen3.jinja", "reasoning", .reasoning),
    ("Llama-3.2-3B-Instruct.jinja", "tool_args_json_string", .argument),
    ("MiniMax-M3.jinja", "parallel_tool_calls", .argument),
    ("granite-3.0-instruct.jinja", "tool_call_response", .result),
  ])
  func aKnownLossIsFound(_ template: String, _ conversation: String, _ kind: Loss.Kind) throws {
    let item = try #require(
      try Self.cases().first { $0.template.hasSuffix(template) && $0.conversation == conversation })
    #expect(item.losses.contains { $0.kind == kind })
  }
}
