import OrderedJSON

/// A value of one tool's answer that another tool takes as an argument: of the same name, and fit by the schema.
struct ToolLink: Hashable, Sendable {
  /// The argument that takes it.
  var argument: String
  /// Where the value stands in the answer: names and numbers of elements.
  var path: [String]
  var value: JSONValue

  /// A value within an answer.
  struct Field: Hashable, Sendable {
    var path: [String]
    var value: JSONValue

    /// The name by which it goes: the last one that is no number.
    var name: String { path.last { Int($0) == nil } ?? "" }
  }

  private static let deepest = 4
  private static let most = 64

  /// The texts and numbers of an answer that have names; of a list only the first element's.
  static func fields(of answer: JSONValue) -> [Field] {
    var fields: [Field] = []
    collect(answer, path: [], &fields)
    return fields
  }

  private static func collect(_ value: JSONValue, path: [String], _ fields: inout [Field]) {
    guard path.count <= deepest, fields.count < most else { return }
    switch value {
    case .object(let object): for (key, inner) in object { collect(inner, path: path + [key], &fields) }
    case .array(let list): if let first = list.first { collect(first, path: path + ["0"], &fields) }
    case .string(let text) where !text.isEmpty && text.utf8.count <= 120:
      if path.contains(where: { Int($0) == nil }) { fields.append(Field(path: path, value: value)) }
    case .integer, .double:
      if path.contains(where: { Int($0) == nil }) { fields.append(Field(path: path, value: value)) }
    default: break
    }
  }

  /// Whether a field of the first tool's answer is what the second tool's argument means.
  ///
  /// A bare `id` or `name` says nothing by itself: then the argument (`station_id`) or the second tool must name the
  /// thing that the first tool is about.
  static func fits(_ field: Field, of first: Tool, argument: String, of second: Tool) -> Bool {
    let wanted = WordsOfName.words(argument)
    let given = WordsOfName.words(field.name)
    let owner = field.path.dropLast().last { Int($0) == nil }.map { WordsOfName.words($0) } ?? []
    let topic = Set((WordsOfName.words(first.name) + owner).map(singular))
    let bare: Set = ["id", "name", "key", "code", "number", "value", "type", "status", "date", "time", "title", "slug"]
    if wanted == given {
      guard wanted.count == 1, bare.contains(wanted[0]) else { return true }
      return wanted[0] != "status" && wanted[0] != "type" && wanted[0] != "value"
        && !topic.subtracting(commonWords).isDisjoint(with: WordsOfName.words(second.name).map(singular))
    }
    // `station_id` takes the `id` of what `list_stations` answers.
    return wanted.count > 1 && given.count == 1 && wanted.last == given.last && bare.contains(given[0])
      && topic.isSuperset(of: wanted.dropLast().map(singular))
  }

  private static let commonWords: Set<String> = [
    "get", "list", "find", "search", "read", "show", "fetch", "look", "up", "by", "of", "the", "a", "all", "for", "api",
  ]

  private static func singular(_ word: String) -> String {
    word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
  }
}
