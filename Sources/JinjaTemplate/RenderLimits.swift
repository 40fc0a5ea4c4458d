/// What a template may use up before its rendering is stopped. Templates come with models, so from anyone.
public struct RenderLimits: Hashable, Sendable {
  /// How many steps it may take: a turn of a loop, a call, or an element that a filter handles.
  public var steps: Int
  /// How many bytes of text it may write.
  public var outputBytes: Int
  /// How many bytes one string may have that the template builds.
  public var stringBytes: Int
  /// How many bytes all values may have together that the template builds.
  public var builtBytes: Int
  /// How deep macros, blocks and recursive loops may call each other.
  public var callDepth: Int
  /// How many bytes of the thread's stack rendering may use.
  public var stackBytes: Int

  /// Takes the limits; those left out are far beyond what chat templates need.
  public init(
    steps: Int = 10_000_000, outputBytes: Int = 64 << 20, stringBytes: Int = 64 << 20, builtBytes: Int = 512 << 20,
    callDepth: Int = 200, stackBytes: Int = 1 << 20
  ) {
    self.steps = steps
    self.outputBytes = outputBytes
    self.stringBytes = stringBytes
    self.builtBytes = builtBytes
    self.callDepth = callDepth
    self.stackBytes = stackBytes
  }

  /// Limits far beyond what chat templates need.
  public static let `default` = RenderLimits()

  /// The longest `range()`, which is that of Jinja's sandbox.
  static let longestRange = 100_000
  /// The most digits of an integer that is read or written, which is Python's.
  static let integerDigits = 4300
}
