/// Which operations of an API become tools.
public struct OperationFilter: Hashable, Sendable {
  /// Patterns with `*` and `?`, for a tool's name, a path, `METHOD path` or a tag; one that fits is enough. Empty takes
  /// everything.
  public var include: [String]
  /// Patterns likewise; what fits is left out.
  public var exclude: [String]
  /// Whether other methods than GET and HEAD are taken.
  public var allowsWrites: Bool

  /// Takes the choice.
  public init(include: [String] = [], exclude: [String] = [], allowsWrites: Bool = false) {
    self.include = include
    self.exclude = exclude
    self.allowsWrites = allowsWrites
  }

  /// Why an operation is left out; `nil` where it is not.
  func reason(names: [String], method: String) -> String? {
    if !include.isEmpty, !include.contains(where: { Self.fits($0, names) }) { return "not among --include" }
    if exclude.contains(where: { Self.fits($0, names) }) { return "--exclude" }
    if method == "TRACE" { return "TRACE, which only echoes" }
    if !["GET", "HEAD"].contains(method), !allowsWrites {
      return "\(method), which may change things (--allow-writes takes it)"
    }
    return nil
  }

  private static func fits(_ pattern: String, _ names: [String]) -> Bool {
    names.contains { matches(Array(pattern.lowercased().utf8), Array($0.lowercased().utf8)) }
  }

  /// Only the last `*` is ever gone back to, so the cost is the product of the lengths at most.
  private static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    var (p, t) = (0, 0)
    var back: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        back = (p + 1, t)
        p += 1
      } else if p < pattern.count, pattern[p] == UInt8(ascii: "?") || pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let last = back {
        back = (last.pattern, last.text + 1)
        (p, t) = (last.pattern, last.text + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
