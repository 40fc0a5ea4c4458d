/// How a value is laid out as text. Every style is byte for byte what Python's `json.dumps` writes.
public struct JSONStyle: Hashable, Sendable {
  /// What stands between elements, and between a key and its value.
  public enum Layout: Hashable, Sendable {
    /// `{"a":1,"b":2}`: Python's `separators=(",", ":")`.
    case compact
    /// `{"a": 1, "b": 2}`: Python's default.
    case spaced
    /// One element a line, indented by so many spaces a level: Python's `indent=`.
    case indented(Int)
  }

  /// What stands between elements.
  public var layout: Layout
  /// Whether everything outside ASCII is written as `\uXXXX`.
  public var ensureASCII: Bool
  /// Whether keys are sorted by code points: Python's `sort_keys=True`.
  public var sortedKeys: Bool

  /// Takes all three choices.
  public init(_ layout: Layout, ensureASCII: Bool = false, sortedKeys: Bool = false) {
    self.layout = layout
    self.ensureASCII = ensureASCII
    self.sortedKeys = sortedKeys
  }

  /// No space at all: `{"a":1,"b":2}`.
  public static let compact = JSONStyle(.compact)
  /// Python's default: `{"a": 1, "b": 2}`.
  public static let spaced = JSONStyle(.spaced)
  /// One element a line, `width` spaces a level.
  public static func indented(_ width: Int) -> JSONStyle { JSONStyle(.indented(max(width, 0))) }
}
