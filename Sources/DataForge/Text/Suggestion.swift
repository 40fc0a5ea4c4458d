/// Finds what a mistyped name was probably meant to be, for errors that say "did you mean …?".
public enum Suggestion {
  /// The candidate that takes the fewest slips (a letter missing, added, changed, or two swapped) to get from `name`,
  /// or `nil` where none is near enough to be a slip.
  ///
  /// Near enough is one slip for every three letters, and at least one. Case, `_`, `-` and spaces don't count as
  /// slips, so `maxTokens` finds `max_tokens`. Among equals the first wins.
  public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(name)
    guard !wanted.isEmpty else { return nil }
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where candidate != name {
      let letters = folded(candidate)
      let limit = max(1, max(wanted.count, letters.count) / 3)
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, letters)
      // A word that shares no letter with the name is no slip of it, however short both are.
      guard distance <= limit, distance < max(wanted.count, letters.count) else { continue }
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// `nearest(to:among:)` as the end of an error message: `"; did you mean \"city\"?"`, or nothing.
  public static func hint(for name: String, among candidates: some Sequence<String>) -> String {
    nearest(to: name, among: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
  }

  /// Lower case, without what separates words. Names longer than 128 letters are cut: the cost is quadratic, and the
  /// name may come from a stranger's file.
  private static func folded(_ name: String) -> [Unicode.Scalar] {
    Array(name.prefix(128).lowercased().unicodeScalars.filter { $0 != "_" && $0 != "-" && $0 != " " })
  }

  /// Damerau-Levenshtein distance in its restricted form (no letter is touched twice).
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    var row = last
    for i in 1...left.count {
      row[0] = i
      for j in 1...right.count {
        let substituted = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
        var cost = min(substituted, last[j] + 1, row[j - 1] + 1)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          cost = min(cost, beforeLast[j - 2] + 1)
        }
        row[j] = cost
      }
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[right.count]
  }
}
