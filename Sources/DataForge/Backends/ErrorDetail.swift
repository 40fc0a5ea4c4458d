/// Makes a server's words fit for an error message: short, on one line, without the key and without the prompt.
///
/// Covered: the key wherever it stands; any run of 24 bytes or more of a message that was sent, whatever its white
/// space or JSON escapes. Not covered: a server that repeats the prompt in other words or encoded otherwise.
struct ErrorDetail: Sendable {
  /// The most characters that are shown.
  static let limit = 200
  /// How many bytes of a prompt in a row make a repetition.
  private static let run = 24

  private let key: String?
  private let sent: [String]

  init(key: Secret?, messages: [Message]) {
    // A key of a few letters is a dummy for a server that wants none; hiding each “x” would only garble the words.
    self.key = key.map(\.revealed).flatMap { $0.utf8.count >= 6 ? $0 : nil }
    sent = messages.compactMap(\.content)
  }

  /// The server's words as they may be shown.
  func shown(_ words: String) -> String {
    var text = Self.oneLine(words)
    if let key { text = text.replacing(key, with: "•••") }
    if repeatsPrompt(text) { return "its words repeat the prompt and are left out" }
    guard text.count > Self.limit else { return text }
    return text.prefix(Self.limit - 1) + "…"
  }

  private func repeatsPrompt(_ text: String) -> Bool {
    let words = Self.bare(text)
    return sent.contains { message in
      let prompt = Self.bare(message)
      guard prompt.count >= 8 else { return false }
      let length = min(Self.run, prompt.count)
      var runs = Set<ArraySlice<UInt8>>()
      // Of a repetition that is twice as long as a run, one run that begins at a multiple of its length is whole.
      for start in stride(from: 0, through: prompt.count - length, by: length / 2) {
        runs.insert(prompt[start..<start + length])
      }
      guard words.count >= length else { return false }
      return (0...words.count - length).contains { runs.contains(words[$0..<$0 + length]) }
    }
  }

  /// The letters and digits alone: white space, quotes and escapes are written differently by each server.
  private static func bare(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var escaped = false
    for byte in text.utf8 {
      if escaped {
        escaped = false
        // \n and \t stand for white space; \u and the rest are left as they are.
        if byte == UInt8(ascii: "n") || byte == UInt8(ascii: "t") { continue }
      }
      switch byte {
      case UInt8(ascii: "\\"): escaped = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...0xFF:
        bytes.append(byte)
      default: break
      }
    }
    return bytes
  }

  private static func oneLine(_ words: String) -> String {
    var text = ""
    var blank = false
    for scalar in words.unicodeScalars.prefix(20_000) {
      if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
        blank = !text.isEmpty
      } else {
        if blank { text.unicodeScalars.append(" ") }
        blank = false
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
