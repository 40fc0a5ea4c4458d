/// How the dataset's files are written.
public struct ExportOptions: Codable, Hashable, Sendable {
  /// Whether an assistant's turn carries its rationale as `reasoning_content`.
  public var reasoning: Bool
  public var split: SplitRule

  public init(reasoning: Bool = true, split: SplitRule = SplitRule()) {
    self.reasoning = reasoning
    self.split = split
  }
}
