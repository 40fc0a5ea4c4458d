import OrderedJSON

/// Decides what becomes of something that a format cannot hold: nothing is lost without a word.
struct LossRule {
  let format: RowFormat
  /// Whether the user allowed it.
  let allowed: Bool

  /// To be called before something is dropped.
  /// - Parameters:
  ///   - what: what would be lost, as a noun.
  ///   - remedy: what holds it, as the beginning of advice.
  /// - Throws: `RowMisfit` unless losses are allowed.
  func lose(_ path: String, _ what: String, _ remedy: String) throws(RowMisfit) {
    if allowed { return }
    throw RowMisfit(
      path, "\(format.rawValue) has no place for \(what), which would be lost; \(remedy), or drop it with --allow-lossy"
    )
  }

  /// Loses every member that a turn has beside its role, text, reasoning, calls and result's id.
  func loseOthers(of turn: ChatTurn, _ remedy: String) throws(RowMisfit) {
    for key in turn.others.keys {
      try lose(turn.path + JSONPointerToken.escaped(key), "a message's \"\(key)\"", remedy)
    }
  }

  /// A turn's text, where the format takes nothing but text.
  func text(of turn: ChatTurn) throws(RowMisfit) -> String {
    switch turn.content {
    case .string(let text)?: return text
    case nil: return ""
    case .array(let parts)?:
      try lose(turn.path + "/content", "content in parts", "messages, openai and prompt-completion hold it")
      // Texts in parts are one text; an image or a sound is what is dropped.
      return parts.compactMap { $0["text"]?.stringValue ?? $0.stringValue }.joined()
    case let other?:
      try lose(turn.path + "/content", "content that is no text", "write it as JSON text")
      return other.serialized()
    }
  }
}
