import OrderedJSON

/// Calls as ReAct prompts ask for them, and ToolBench has them: `Action: NAME`, and on the next line `Action Input: {…}`.
enum ReActCalls {
  private static let action: Marker = "Action:"
  private static let input: Marker = "Action Input:"

  /// Finds them; `nil` where there is none.
  static func find(in text: String) -> CallsInText? {
    TextBytes.lend(text) { bytes in
      guard let first = bytes.find(input, bytes.all), let start = bytes.find(action, 0..<first) else { return nil }
      var result = CallsInText(calls: [], rest: bytes.trimmedString(0..<start), form: "as ReAct prompts ask for them")
      var at = start
      while let name = bytes.find(action, at..<bytes.count),
        let mark = bytes.find(input, name + action.count..<bytes.count)
      {
        let begin = bytes.skipSpace(mark + input.count, bytes.count)
        let end = bytes.endOfJSON(begin, bytes.count) ?? bytes.count
        do throws(JSONParseError) {
          let call = bytes.trimmedString(name + action.count..<mark)
          result.calls.append(ParsedCall(name: call, arguments: try bytes.json(bytes.trimmed(begin..<end))))
        } catch {
          result.calls = []
          result.problem = "The action's input is no JSON: \(error)"
          return result
        }
        at = end
      }
      return result
    }
  }
}
