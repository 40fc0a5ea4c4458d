/// Decides which part a group of rows (mostly those of a document) goes to, by its hash: the same group always goes to the
/// same part, whatever else is in the corpus, and no group stands in two.
///
/// A test share takes from train only: what validation has stays.
public struct SplitRule: Codable, Hashable, Sendable {
  /// The share of groups that validation gets, from 0 to 0.5.
  public var validation: Double
  /// The share of groups that test gets, from 0 to 0.5.
  public var test: Double
  /// Another seed deals the groups anew.
  public var seed: Int

  public init(validation: Double = 0.1, test: Double = 0, seed: Int = 0) {
    self.validation = validation
    self.test = test
    self.seed = seed
  }

  /// The part's share of all groups.
  public func share(of split: Split) -> Double {
    switch split {
    case .train: max(0, 1 - validation - test)
    case .validation: validation
    case .test: test
    }
  }

  /// What is wrong with the shares, or `nil`.
  public var fault: String? {
    for (name, share) in [("validation", validation), ("test", test)] where !(0...0.5).contains(share) {
      return "the share of \(name) is \(share); it must be from 0 to 0.5"
    }
    return validation + test < 1 ? nil : "validation and test take everything; leave a share for train"
  }

  /// - Parameter group: the document's SHA-256, or whatever else must stay together.
  public func split(of group: String) -> Split {
    let digits = StableID.of("split", String(seed), group).prefix(13)
    // 13 hexadecimal digits are 52 bits, which a double holds exactly.
    let share = Double(UInt64(digits, radix: 16) ?? 0) / Double(UInt64(1) << 52)
    if share < validation { return .validation }
    return share < validation + test ? .test : .train
  }

  private enum CodingKeys: String, CodingKey { case validation, test, seed }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      validation: try values.decode(Double.self, forKey: .validation),
      test: try values.decodeIfPresent(Double.self, forKey: .test) ?? 0,
      seed: try values.decode(Int.self, forKey: .seed))
  }

  /// A rule without a test share is written as it was before there was one, so that finished work is still known.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(validation, forKey: .validation)
    if test != 0 { try values.encode(test, forKey: .test) }
    try values.encode(seed, forKey: .seed)
  }
}
