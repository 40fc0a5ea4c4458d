/// What a row with tool calls is checked for, in the order in which it is done.
public enum ToolCheckName: String, Codable, Hashable, Sendable, CaseIterable {
  case format, schema, execution, meaning

  /// The checks of these names, in their own order.
  /// - Throws: `UnknownToolCheck`, also where there is no name: no check at all would let every row pass.
  public static func named(_ names: [String]) throws(UnknownToolCheck) -> [ToolCheckName] {
    guard !names.isEmpty else { throw UnknownToolCheck(name: "") }
    var chosen: Set<ToolCheckName> = []
    for name in names {
      guard let check = ToolCheckName(rawValue: name) else { throw UnknownToolCheck(name: name) }
      chosen.insert(check)
    }
    return allCases.filter { chosen.contains($0) }
  }
}

/// A check was asked for that does not exist.
public struct UnknownToolCheck: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was asked for.
  public var name: String

  /// Takes what was asked for.
  public init(name: String) { self.name = name }

  public var description: String {
    let names = ToolCheckName.allCases.map(\.rawValue)
    return "there is no check \"\(name)\"\(Suggestion.hint(for: name, among: names)); the checks are "
      + names.joined(separator: ", ")
  }
}
