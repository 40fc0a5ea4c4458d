import OrderedJSON

/// The calls that stand in an assistant's text, when nobody says in which dialect.
///
/// A text that holds a token with which a dialect opens calls is read in that dialect, and its JSON is held to be strict.
/// `Action:` and `Action Input:` of ReAct prompts count as such tokens. Where the caller wants it, calls without any are
/// found, too: a text that is JSON with a name and arguments as a whole, such JSON in a code fence or in prose, and
/// calls as Python writes them.
public struct CallsInText: Sendable {
  /// The calls, in order.
  public var calls: [ParsedCall]
  /// The text that remains without calls, reasoning and control tokens.
  public var rest: String
  /// The reasoning, where there is any.
  public var reasoning: String?
  /// How the calls are written, in words that go on from "the calls are read from its text".
  public var form: String
  /// Why a call cannot be read; then there are no calls.
  public var problem: String?

  /// Finds calls; `nil` where there is no trace of one.
  /// - Parameter findsBare: whether JSON counts without tokens around it.
  public static func find(in text: String, findsBare: Bool = true) -> CallsInText? {
    let marks = TextBytes.lend(text) { openings.first(in: $0, $0.all).map { openings.tokens[$0.token] } }
    if let mark = marks { return mark == functionCall ? singleQuoted(text) : marked(text, mark) }
    if let found = ReActCalls.find(in: text) { return found }
    guard findsBare else { return nil }
    return BareCalls.find(in: text)
  }

  // MARK: Dialects with tokens

  /// Glaive's token, which no chat template has.
  private static let functionCall: Marker = "<functioncall>"

  /// The dialects in which a token opens a call, in the order in which they are tried.
  private static let dialects: [Marker: [Dialect]] = {
    var result: [Marker: [Dialect]] = [:]
    for dialect in Dialect.all {
      var tokens = Set(dialect.calls.map(\.opening)).filter { $0.count > 3 }
      for opening in dialect.turns.openings {
        switch opening.kind {
        case .calls: tokens.insert(opening.token)
        case .recipient: tokens.formUnion(["<|start|>assistant", "<|channel|>commentary"])
        default: break
        }
      }
      // Noise around calls tells as much as what opens them.
      tokens.formUnion(
        dialect.noise.filter { $0.description.contains("tool_call") || $0.description.contains("function_c") })
      for token in tokens { result[token, default: []].append(dialect) }
    }
    return result
  }()

  private static let openings = MarkerSet(
    [functionCall] + dialects.keys.sorted { $0.description < $1.description })

  private static func marked(_ text: String, _ mark: Marker) -> CallsInText? {
    var problem: DialectError?
    var best: (reading: AssistantText, dialect: Dialect)?
    for dialect in dialects[mark] ?? [] {
      do throws(DialectError) {
        let reading = try dialect.calls(inAssistantText: text)
        guard !reading.calls.isEmpty else { continue }
        // Two dialects may open calls alike; the one that understands arguments is right.
        if best.map({ weight(reading) > weight($0.reading) }) ?? true { best = (reading, dialect) }
        if weight(reading) > 0 { break }
      } catch {
        problem = problem ?? error
      }
    }
    if let (reading, dialect) = best {
      return CallsInText(
        calls: reading.calls, rest: reading.rest, reasoning: reading.reasoning, form: "as \(dialect.name) writes them")
    }
    // A header alone is a turn without a call.
    guard let problem else { return nil }
    return CallsInText(calls: [], rest: text, form: "as \(problem.dialect) writes them", problem: "\(problem)")
  }

  /// How many arguments were understood.
  private static func weight(_ reading: AssistantText) -> Int {
    reading.calls.reduce(0) { $0 + ($1.arguments.objectValue?.count ?? 0) }
  }

  /// `<functioncall> {"name": "f", "arguments": '{"a": 1}'}`: JSON but for the quotes around the arguments.
  private static func singleQuoted(_ text: String) -> CallsInText {
    TextBytes.lend(text) { bytes in
      var result = CallsInText(calls: [], rest: "", form: "behind <functioncall>")
      guard let mark = bytes.find(functionCall, bytes.all) else { return result }
      result.rest = bytes.trimmedString(0..<mark)
      let start = bytes.skipSpace(mark + functionCall.count, bytes.count)
      var reader = LiteralReader(text: bytes, at: start, end: bytes.count, quotes: ["'", "\""])
      let strict = bytes.endOfJSON(start, bytes.count).flatMap { try? bytes.json(start..<$0) }
      guard let value = strict ?? reader.value(), let call = JSONCall.call(value) else {
        result.problem = "A call behind <functioncall> is no JSON object with a name and arguments"
        return result
      }
      if strict == nil { result.form += ", with quotes that are not JSON's" }
      result.calls = [call]
      return result
    }
  }
}
