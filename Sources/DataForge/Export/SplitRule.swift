/// The parts of a dataset.
public enum Split: String, Codable, Sendable, CaseIterable {
  case train, validation
}

/// Decides which part a document goes to, by its hash: the same document always goes to the same part, whatever else
/// is in the corpus, and no document stands in two.
public struct SplitRule: Codable, Hashable, Sendable {
  /// The share of documents that validation gets, from 0 to 0.5.
  public var validation: Double
  /// Another seed deals the documents anew.
  public var seed: Int

  public init(validation: Double = 0.1, seed: Int = 0) {
    self.validation = validation
    self.seed = seed
  }

  /// - Parameter sha256: the document's hash.
  public func split(of sha256: String) -> Split {
    let digits = StableID.of("split", String(seed), sha256).prefix(13)
    // 13 hexadecimal digits are 52 bits, which a double holds exactly.
    let share = Double(UInt64(digits, radix: 16) ?? 0) / Double(UInt64(1) << 52)
    return share < validation ? .validation : .train
  }
}
