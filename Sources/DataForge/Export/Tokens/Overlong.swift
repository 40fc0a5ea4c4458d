/// What becomes of a row with more tokens than `--max-length`.
public enum Overlong: String, Codable, Sendable, CaseIterable {
  /// It is rejected with its length.
  case reject
  /// Its end is cut off.
  case truncate
  /// It becomes several rows, cut before turns of the user; system turns and tools stand in each.
  case split
}
