import OrderedJSON

/// Finds the JSON value in what a model wrote.
///
/// Models wrap it in prose, code fences and `<think>` blocks, leave a comma before a bracket, or break a line within a
/// string. What can mean only one thing is understood; the rest is `nil`. The work is linear in the length of the
/// reply, whatever it holds.
public enum JSONReply {
  /// The value of a whole reply: the reply itself where it is JSON, else the array or object within it that stands in a
  /// code fence, else the longest one.
  public static func parse(_ text: String) -> JSONValue? {
    let text = ThoughtBlock.stripped(text)
    if let value = try? JSONValue(parsing: text) { return value }
    return best(in: Array(text.utf8)) { scanner, _, end in
      if case .complete = end { try? JSONValue(parsing: scanner.output) } else { nil }
    }
  }

  /// The value of a reply that was cut off, with the complete elements of its outermost arrays; the whole value where
  /// nothing is missing, `nil` where not one element is complete.
  public static func parseTruncated(_ text: String) -> JSONValue? {
    let text = ThoughtBlock.stripped(text)
    if let value = try? JSONValue(parsing: text) { return value }
    return best(in: Array(text.utf8)) { scanner, _, end in
      switch end {
      case .complete: try? JSONValue(parsing: scanner.output)
      case .cutOff: scanner.completeElements().flatMap { try? JSONValue(parsing: $0) }
      case .broken: nil
      }
    }
  }

  /// Tries each bracket of the text that no earlier value holds, and takes the value that is fenced or the longest.
  private static func best(
    in bytes: [UInt8], value: (borrowing ReplyScanner, Int, ReplyScanner.End) -> JSONValue?
  ) -> JSONValue? {
    var scanner = ReplyScanner(bytes)
    var best: (value: JSONValue, isFenced: Bool, length: Int)?
    // A hostile reply can make every bracket look like a beginning up to its end; this bounds what they cost together.
    var budget = 4 * bytes.count + 4096
    var at = 0
    while budget > 0,
      let start = bytes[at...].firstIndex(where: { $0 == ReplyScanner.brace || $0 == ReplyScanner.bracket })
    {
      let end = scanner.scan(from: start)
      budget -= scanner.position - start
      at = start + 1
      guard let found = value(scanner, start, end) else { continue }
      let fenced = isFenced(bytes, start)
      let length = scanner.position - start
      if best.map({ (fenced && !$0.isFenced) || (fenced == $0.isFenced && length > $0.length) }) ?? true {
        best = (found, fenced, length)
      }
      at = scanner.position
    }
    return best?.value
  }

  /// Whether ```` ``` ```` or ```` ```json ```` stands right before.
  private static func isFenced(_ bytes: [UInt8], _ start: Int) -> Bool {
    var before = bytes[max(0, start - 64)..<start]
    while let last = before.last, last <= 0x20 { before.removeLast() }
    if before.suffix(4).map({ $0 | 0x20 }) == Array("json".utf8) { before.removeLast(4) }
    return before.suffix(3) == Array("```".utf8)[...]
  }
}
