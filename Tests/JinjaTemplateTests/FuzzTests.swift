import Foundation
import JinjaTemplate
import OrderedJSON
import Testing

/// Broken templates fail; they never end the process.
struct FuzzTests {
  @Test func mutatedTemplatesFailInOrder() throws {
    var sources = try TestFiles.rows(TestFiles.fixture("behaviour.jsonl")).compactMap { $0["template"]?.stringValue }
    var context = try TestFiles.rows(TestFiles.fixture("behaviour.jsonl")).first?["context"]?.objectValue ?? [:]
    context["messages"] = [
      ["role": "system", "content": "s"], ["role": "user", "content": "u"],
      [
        "role": "assistant", "content": nil,
        "tool_calls": [["id": "1", "function": ["name": "f", "arguments": ["a": 1]]]],
      ], ["role": "tool", "content": "r"],
    ]
    context["tools"] = [["type": "function", "function": ["name": "f", "parameters": ["properties": ["a": [:]]]]]]
    if let folder = TestFiles.conformance("chat-templates/templates"),
      let files = FileManager.default.enumerator(atPath: folder)
    {
      for case let file as String in files where file.hasSuffix(".jinja") {
        sources.append(try TestFiles.text(folder + "/" + file))
      }
    }
    let rounds = Int(ProcessInfo.processInfo.environment["FUZZ_ROUNDS"] ?? "") ?? 4
    var random = Seeded(UInt64(rounds))
    let limits = RenderLimits(steps: 100_000, outputBytes: 1 << 20, stringBytes: 1 << 20, builtBytes: 1 << 23)
    var rendered = 0
    for _ in 0..<rounds {
      for source in sources {
        let mutated = random.mutated(source, others: sources)
        if let template = try? JinjaTemplate(mutated), (try? template.render(context, limits: limits)) != nil {
          rendered += 1
        }
      }
    }
    #expect(rendered > 0)
  }
}

/// Random numbers that are the same in every run (SplitMix64, Steele et al. 2014).
private struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static let pieces = [
    "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "(", ")", "[", "]", "{", "}", "|", ".", ",", ":", "'", "\"", "\\",
    " is ", " in ", " not ", " if ", " else ", " and ", "**", "//", "%", "~", "==", "<", "9223372036854775807",
    "-9223372036854775808", "1e400", "0", "none", "messages", "loop", "loop.nextitem", "namespace()", "[::-1]",
    "|tojson", "|list", "|map('upper')", "|sort", "|groupby('role')", "{% endif %}", "{% endfor %}", "{% break %}",
    "{% set x = 1 %}", "{% macro m(a) %}", "{% endmacro %}", "{% call m() %}", "{% generation %}", "é", "\u{0}", "😀",
    ".format(1)", ".split()", "range(5)", "caller()", "self", " recursive", "{% raw %}", "\r\n", "\n",
  ]

  /// Cuts out, doubles, swaps or puts in a few pieces.
  mutating func mutated(_ source: String, others: [String]) -> String {
    var scalars = Array(source.unicodeScalars)
    for _ in 0..<Int.random(in: 1...6, using: &self) {
      let at = Int.random(in: 0...scalars.count, using: &self)
      let end = min(scalars.count, at + Int.random(in: 0...20, using: &self))
      switch Int.random(in: 0..<5, using: &self) {
      case 0: scalars.removeSubrange(at..<end)
      case 1: scalars.insert(contentsOf: Array(scalars[at..<end]), at: at)
      case 2:
        let other = Array((others.randomElement(using: &self) ?? "").unicodeScalars)
        let from = Int.random(in: 0...other.count, using: &self)
        scalars.insert(contentsOf: other[from..<min(other.count, from + 60)], at: at)
      default:
        let piece = Self.pieces.randomElement(using: &self) ?? ""
        scalars.replaceSubrange(at..<(Bool.random(using: &self) ? end : at), with: Array(piece.unicodeScalars))
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
