/// Reasoning written into an answer's text, as LLaMA-Factory's reasoning templates expect it:
/// `<think>\n…\n</think>\n\n` before the answer.
///
/// All comparisons are of bytes: a combining accent or a carriage return beside a mark must not hide it.
enum ThinkBlock {
  private static let opening = "<think>\n"
  private static let closing = "\n</think>\n\n"

  /// The answer with its reasoning before it; `nil` where it would not be read back as it was.
  static func joined(reasoning: String?, answer: String) -> String? {
    let text = reasoning.map { opening + $0 + closing + answer } ?? answer
    let parts = split(text)
    guard Array(parts.answer.utf8) == Array(answer.utf8),
      parts.reasoning.map({ Array($0.utf8) }) == reasoning.map({ Array($0.utf8) })
    else { return nil }
    return text
  }

  /// Reasoning and answer; also where the marks stand without the line breaks.
  static func split(_ text: String) -> (reasoning: String?, answer: String) {
    let bytes = text.utf8
    guard bytes.starts(with: "<think>".utf8) else { return (nil, text) }
    if bytes.starts(with: opening.utf8) {
      let body = bytes.dropFirst(opening.utf8.count)
      if let end = place(of: closing, in: body) { return parts(body, end, closing) }
    }
    let body = bytes.dropFirst("<think>".utf8.count)
    guard let end = place(of: "</think>", in: body) else { return (nil, text) }
    let (reasoning, answer) = parts(body, end, "</think>")
    return (reasoning.map { trimmedBreaks($0, both: true) }, trimmedBreaks(answer, both: false))
  }

  private static func parts(
    _ body: Substring.UTF8View, _ end: String.Index, _ mark: String
  ) -> (reasoning: String?, answer: String) {
    let rest = body[end...].dropFirst(mark.utf8.count)
    return (String(decoding: body[..<end], as: UTF8.self), String(decoding: rest, as: UTF8.self))
  }

  private static func place(of mark: String, in text: Substring.UTF8View) -> String.Index? {
    var rest = text
    let first = mark.utf8.first
    while let start = rest.firstIndex(where: { $0 == first }) {
      rest = rest[start...]
      if rest.starts(with: mark.utf8) { return start }
      rest = rest.dropFirst()
    }
    return nil
  }

  private static func trimmedBreaks(_ text: String, both: Bool) -> String {
    var bytes = text.utf8[...]
    while bytes.first == UInt8(ascii: "\n") || bytes.first == UInt8(ascii: "\r") { bytes.removeFirst() }
    while both, bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
