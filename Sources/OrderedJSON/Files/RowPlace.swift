/// Where a row stands in its file, as people count it.
public struct RowPlace: Hashable, Sendable {
  /// What is counted.
  public enum Unit: String, Hashable, Sendable {
    /// The lines of a JSON Lines file; blank ones count.
    case line
    /// The elements of a file that is one array.
    case row
  }

  /// What is counted.
  public var unit: Unit
  /// The row's number, from 1.
  public var number: Int

  /// Takes a number of what is counted.
  public init(_ unit: Unit, _ number: Int) {
    self.unit = unit
    self.number = number
  }

  /// A name for the row where it has none: `line-3`.
  public var name: String { "\(unit.rawValue)-\(number)" }
}

extension RowPlace: CustomStringConvertible {
  public var description: String { "\(unit.rawValue) \(number)" }
}
