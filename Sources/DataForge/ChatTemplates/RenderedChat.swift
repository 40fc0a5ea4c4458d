import JinjaTemplate

/// A row as text.
public struct RenderedChat: Hashable, Sendable {
  public var text: String
  /// What the template marks as written by the assistant (`{% generation %}`), in code points from the text's start, in
  /// the template's order; `nil` where it marks nothing.
  public var assistantSpans: [Range<Int>]?

  /// Takes both parts.
  public init(text: String, assistantSpans: [Range<Int>]? = nil) {
    self.text = text
    self.assistantSpans = assistantSpans
  }
}

/// Why a row cannot be rendered.
public struct ChatRenderError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whose fault it is.
  public enum Kind: String, Hashable, Sendable {
    /// The template refuses the row, or fails at it.
    case template
    /// What the row asks of the rendering cannot be.
    case arguments
    /// The template used up what it may.
    case limit
  }

  public var kind: Kind
  /// What is wrong and what to do; holds no text of the row's but what the template put into its own message.
  public var reason: String
  /// The line in the template, from 1; 0 where it is none of its lines.
  public var line: Int

  /// Takes the parts.
  public init(kind: Kind, reason: String, line: Int = 0) {
    self.kind = kind
    self.reason = reason
    self.line = line
  }

  init(_ error: JinjaError) {
    // What a template says itself is the advice.
    let advice = error.kind == .raised ? "" : "; \(error.advice)"
    self.init(
      kind: error.kind == .limit || error.kind == .recursion ? .limit : .template,
      reason: "\(error.template), line \(error.line): \(error.kind.rawValue): \(error.message.prefix(300))\(advice)",
      line: error.line)
  }

  public var description: String { reason }
}
