/// The thinking aloud with which reasoning models begin a reply, where the server leaves it in the text.
enum ThoughtBlock {
  /// The reply without a leading `<think>…</think>` and the white space around it.
  ///
  /// A block that never ends was cut off, so nothing of the answer is left. Templates that open the block in the prompt
  /// leave only its end in the reply; what stands before that is thought too, unless the reply begins as JSON.
  static func stripped(_ text: String) -> String { parted(text).rest }

  /// The thought, where there is one, and the reply without it.
  static func parted(_ text: String) -> (thought: String?, rest: String) {
    let bytes = text.utf8
    guard let start = bytes.firstIndex(where: { !isBlank($0) }) else { return (nil, text) }
    let opens = bytes[start...].starts(with: open)
    guard opens || (bytes[start] != UInt8(ascii: "{") && bytes[start] != UInt8(ascii: "[")) else { return (nil, text) }
    let first = opens ? bytes.index(start, offsetBy: open.count) : start
    guard let end = firstEnd(in: bytes[start...], opened: opens) else {
      return opens ? (String(text[first...]), "") : (nil, text)
    }
    let thought = text[first..<bytes.index(end, offsetBy: -close.count)].drop { $0.isWhitespace }
    return (String(thought), String(text[end...].drop { $0.isWhitespace }))
  }

  /// Where the text after the first `</think>` begins; `nil` where there is none, or an opening one before it.
  private static func firstEnd(in bytes: Substring.UTF8View, opened: Bool) -> String.Index? {
    var rest = opened ? bytes.dropFirst(open.count) : bytes
    while let tag = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[tag...]
      if rest.starts(with: close) { return rest.index(tag, offsetBy: close.count) }
      if !opened, rest.starts(with: open) { return nil }
      rest = rest.dropFirst()
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

  private static let open = Array("<think>".utf8)
  private static let close = Array("</think>".utf8)
}
