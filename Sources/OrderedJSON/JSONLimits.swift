/// What a text may ask of the parser before it is refused.
public struct JSONLimits: Hashable, Sendable {
  /// How deep arrays and objects may be nested, from 1 to 512 (a value beyond is brought into that range, since
  /// comparing, hashing and freeing a value take stack for each level).
  public var maximumDepth: Int {
    didSet { maximumDepth = min(max(maximumDepth, 1), Self.deepest) }
  }

  /// How many digits an integer may have. Python refuses more than 4300.
  public var maximumIntegerDigits: Int

  /// Takes the limits; those left out are what Python can read.
  public init(maximumDepth: Int = 512, maximumIntegerDigits: Int = 4300) {
    self.maximumDepth = min(max(maximumDepth, 1), Self.deepest)
    self.maximumIntegerDigits = max(maximumIntegerDigits, 20)
  }

  private static let deepest = 512
}
