/// Which conversations with tools are made, and how many.
public struct ToolUseOptions: Hashable, Sendable {
  /// How many conversations with one call to make for each tool.
  public var perTool: Int
  /// Which kinds to make.
  public var kinds: Set<ToolUseSample.Kind>
  /// The most tools that a conversation shows beside those that it calls.
  public var distractors: Int
  /// What decides arguments, wordings and choices.
  public var seed: Int
  /// Whether tools are called that may change something.
  public var allowsWrites: Bool

  /// With a model: the most calls to make for one conversation, those of branches that were given up included.
  public var callBudget = 12
  /// With a model: how many requests a user makes in one conversation.
  public var turns = 1
  /// With a model: whether conversations in which a call failed before one worked are kept, too.
  public var keepsRecovery = false

  /// Takes the settings.
  public init(
    perTool: Int = 3, kinds: Set<ToolUseSample.Kind> = Set(ToolUseSample.Kind.allCases), distractors: Int = 4,
    seed: Int = 0, allowsWrites: Bool = false
  ) {
    self.perTool = perTool
    self.kinds = kinds
    self.distractors = distractors
    self.seed = seed
    self.allowsWrites = allowsWrites
  }
}
