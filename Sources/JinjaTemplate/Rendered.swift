/// What a template made of a context.
public struct Rendered: Hashable, Sendable {
  /// The text.
  public var text: String
  /// What stood in `{% generation %}` blocks, in code points from the start of `text`, in the order in which the
  /// blocks ended. As in `transformers`, a block inside a macro or a captured text counts from where that began.
  public var generationSpans: [Range<Int>]

  /// Takes both parts.
  public init(text: String, generationSpans: [Range<Int>] = []) {
    self.text = text
    self.generationSpans = generationSpans
  }
}
