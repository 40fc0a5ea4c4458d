/// Gives tools names that every model server takes (letters, digits, `_` and `-`, at most 64), each only once.
struct ToolNames {
  static let longest = 64
  private var taken: Set<String> = []

  /// The nearest legal name that is not taken yet.
  mutating func name(for wanted: String) -> String {
    let legal = Self.legal(wanted)
    var name = legal
    var number = 2
    while !taken.insert(name).inserted {
      let suffix = "_\(number)"
      name = legal.prefix(Self.longest - suffix.utf8.count) + suffix
      number += 1
    }
    return name
  }

  /// The name with `_` for each run of other signs.
  static func legal(_ wanted: String) -> String {
    var name = ""
    for scalar in wanted.unicodeScalars {
      let isLegal =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil) || scalar == "-"
        || scalar == "_"
      if isLegal { name.unicodeScalars.append(scalar) } else if !name.hasSuffix("_") { name += "_" }
    }
    while name.hasSuffix("_"), name != "_" { name.removeLast() }
    while name.hasPrefix("_"), name.count > 1, !wanted.hasPrefix("_") { name.removeFirst() }
    let cut = String(name.prefix(longest))
    return cut.isEmpty || cut == "_" ? "tool" : cut
  }
}
