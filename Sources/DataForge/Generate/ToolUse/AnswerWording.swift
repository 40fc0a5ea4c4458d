import OrderedJSON

/// Words an answer from what a tool returned, saying only what stands there.
enum AnswerWording {
  private static let mostFields = 8
  private static let mostItems = 5
  private static let longestText = 600

  /// One or a few sentences.
  /// - Parameter arguments: those of the call, which the user knows.
  static func answer(_ result: JSONValue, to arguments: JSONValue = [:], numbers: inout SeededNumbers) -> String {
    switch result {
    case .string(let text) where text.allSatisfy(\.isWhitespace):
      return numbers.pick(["Done.", "It is done.", "That worked."]) ?? "Done."
    case .string(let text):
      let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmed }.filter { !$0.isEmpty }
      guard lines.count > 1 else {
        let frames = ["The answer is %.", "The result is %.", "It is %.", "I got %."]
        return framed(frames, cut(lines.first ?? ""), &numbers)
      }
      let shown = lines.prefix(12).map { "- \(cut($0))" }.joined(separator: "\n")
      return "Here is the result:\n\(shown)\(more(lines.count - 12, "line"))"
    case .array(let list):
      guard !list.isEmpty else { return "There are none." }
      let items = list.prefix(mostItems).map { "- \(item($0))" }.joined(separator: "\n")
      let many = ["I found \(list.count):", "There are \(list.count):", "Here are the \(list.count) that I found:"]
      let found = list.count == 1 ? "I found one:" : numbers.pick(many) ?? many[0]
      return "\(found)\n\(items)\(more(list.count - mostItems, "one"))"
    case .object(let object):
      // A list in an envelope is what was asked for.
      if object.count <= 4, let inner = object.first(where: { ($0.value.arrayValue?.count ?? 0) > 0 }),
        inner.value.arrayValue?.first?.objectValue != nil
      {
        return answer(inner.value, to: arguments, numbers: &numbers)
      }
      let all = flat(.object(object), "")
      // What the user said need not be said again.
      let known = (arguments.objectValue ?? [:]).map {
        (WordsOfName.phrase($0.key), cut(ArgumentWording.spoken($0.value)))
      }
      let news = all.filter { field in !known.contains { $0.0 == field.name && $0.1 == field.value } }
      let fields = news.isEmpty ? all : news
      guard !fields.isEmpty else { return "The result is empty." }
      let left = more(fields.count - mostFields, "field")
      if fields.count <= 4, fields.allSatisfy({ isThing($0.name) && $0.value.count < 80 }) {
        let said = ArgumentWording.joined(
          fields.map { "the \($0.name) \(RequestWording.isPlural($0.name) ? "are" : "is") \($0.value)" })
        return framed(["%.", "I looked it up: %.", "Here you are: %.", "I found that %."], said, &numbers)
      }
      let said = fields.prefix(mostFields).map { "\($0.name) \($0.value)" }
      let frames = [
        "Here is what I found: %.", "This is what came back: %.", "The result: %.", "Here are the details: %.",
      ]
      return framed(frames, said.joined(separator: "; ") + left, &numbers)
    case .bool(let flag): return flag ? "Yes, that is true." : "No, that is false."
    case .null: return "There is no value."
    default: return framed(["The answer is %.", "The result is %.", "It is %."], result.serialized(), &numbers)
    }
  }

  private static func framed(_ frames: [String], _ text: String, _ numbers: inout SeededNumbers) -> String {
    let frame = numbers.pick(frames) ?? "%."
    let parts = frame.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    let end = text.last.map { ".!?…".contains($0) } ?? false ? "" : parts[parts.count - 1]
    let whole = parts[0] + text + end
    return frame.hasPrefix("%") ? String(whole.prefix(1).uppercased() + whole.dropFirst()) : String(whole)
  }

  /// An element of a list by what names it, and a little more.
  private static func item(_ value: JSONValue) -> String {
    let fields = flat(value, "")
    guard value.objectValue != nil else { return fields.map(\.value).joined(separator: ", ") }
    if let title = fields.first(where: { ["name", "title"].contains($0.name) }), fields.count > 1 {
      let others = fields.filter { $0.name != title.name }.prefix(3).map { "\($0.name) \($0.value)" }
      return "\(title.value) (\(others.joined(separator: ", ")))"
    }
    return fields.prefix(4).map { "\($0.name) \($0.value)" }.joined(separator: ", ")
  }

  /// The plain values of a result with their names, those of inner objects too.
  private static func flat(_ value: JSONValue, _ name: String) -> [(name: String, value: String)] {
    switch value {
    case .object(let object):
      return object.flatMap { key, inner in
        let phrase = WordsOfName.phrase(key)
        return flat(inner, name.isEmpty ? phrase : "\(name) \(phrase)")
      }
    case .array(let list):
      let isPlain = list.allSatisfy { $0.objectValue == nil && $0.arrayValue == nil }
      guard isPlain, !list.isEmpty else { return list.isEmpty ? [] : [(name, "(\(list.count) entries)")] }
      let shown = list.prefix(mostItems).map { cut(ArgumentWording.spoken($0)) }
      let isWhole = list.count <= mostItems
      return [
        (
          name,
          (isWhole ? ArgumentWording.joined(shown) : shown.joined(separator: ", "))
            + more(list.count - mostItems, "value")
        )
      ]
    case .null: return []
    default: return [(name, cut(ArgumentWording.spoken(value)))]
    }
  }

  /// Whether “the … is” can stand before the name: “is dst” is no thing.
  private static func isThing(_ name: String) -> Bool {
    !name.isEmpty && !["is ", "has ", "can ", "was "].contains { name.hasPrefix($0) || name.contains(" " + $0) }
  }

  private static func more(_ count: Int, _ what: String) -> String {
    count > 0 ? " (and \(count) more \(what)\(count == 1 ? "" : "s"))" : ""
  }

  private static func cut(_ text: String) -> String {
    text.count > longestText ? text.prefix(longestText) + "…" : text
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
