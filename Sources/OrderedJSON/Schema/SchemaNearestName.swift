/// Finds the name that a writer probably meant.
enum SchemaNearestName {
  /// Names longer than this are not compared: nobody mistypes them by a letter, and the work grows with the square.
  private static let longest = 64

  /// The nearest candidate, where one is near enough to be meant.
  static func nearest(to name: String, among candidates: [String]) -> String? {
    let letters = Array(name.unicodeScalars)
    guard letters.count <= longest else { return nil }
    let allowed = max(1, letters.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates.prefix(1000) where !candidate.hasSameBytes(as: name) {
      let other = Array(candidate.unicodeScalars)
      guard other.count <= longest, abs(other.count - letters.count) <= allowed else { continue }
      let distance = candidate.lowercased() == name.lowercased() ? 0 : self.distance(letters, other)
      // Of names of one or two letters every other one is near.
      guard distance <= allowed, distance < max(other.count, 2), distance < best?.distance ?? .max else { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  /// `; did you mean 'city'?`, or `nil`.
  static func hint(for name: String, among candidates: [String]) -> String? {
    nearest(to: name, among: candidates).map { "; did you mean '\($0)'?" }
  }

  /// How many letters have to be inserted, removed, replaced or swapped with their neighbour.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var last = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          cost = min(cost, before[column - 1] + 1)
        }
        current.append(cost)
      }
      before = last
      last = current
    }
    return last[right.count]
  }
}
