import OrderedJSON
import Yams

/// Reads JSON or YAML from a stranger's file, within bounds.
///
/// YAML scalars are read as YAML 1.2's core schema has it (`yes` and `on` are words), and keys are always words. What
/// aliases repeat counts as often as it is repeated, so a small file cannot grow into a huge one.
struct StructuredText {
  /// The largest file; YAML takes some hundred times its size while it is read.
  static let mostBytes = 64 << 20
  static let mostYAMLBytes = 24 << 20
  private static let mostNodes = 3_000_000
  private static let deepest = 256

  private var nodes = 0

  /// Reads a file's content.
  /// - Parameter name: what messages call the file.
  /// - Throws: `ToolImportError`.
  static func value(of bytes: [UInt8], name: String) throws(ToolImportError) -> JSONValue {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard bytes.count <= mostBytes else {
      throw ToolImportError("\(name): it has \(bytes.count >> 20) MiB, and the most is \(mostBytes >> 20)")
    }
    let problem: JSONParseError
    do throws(JSONParseError) {
      return try JSONValue(parsing: bytes, limits: JSONLimits(maximumDepth: deepest))
    } catch {
      problem = error
    }
    let first = bytes.first { !" \t\r\n".utf8.contains($0) }
    let looksLikeJSON = first.map { "{[\"".utf8.contains($0) } ?? false
    if looksLikeJSON, name.lowercased().hasSuffix(".json") {
      throw ToolImportError("\(name): it is no JSON: \(problem)")
    }
    guard bytes.count <= mostYAMLBytes else {
      throw ToolImportError(
        "\(name): it is YAML of \(bytes.count >> 20) MiB, and the most is \(mostYAMLBytes >> 20); convert it to JSON")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ToolImportError("\(name): it is neither JSON nor YAML: it is no UTF-8 text")
    }
    return try yaml(text, name: name, orElse: looksLikeJSON ? problem : nil)
  }

  private static func yaml(
    _ text: String, name: String, orElse problem: JSONParseError?
  ) throws(ToolImportError) -> JSONValue {
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      if let problem { throw ToolImportError("\(name): it is no JSON: \(problem)") }
      throw ToolImportError("\(name): it is no YAML: \(reason(of: error))")
    }
    guard let node else { throw ToolImportError("\(name): it is empty") }
    var reader = StructuredText()
    return try reader.value(of: node, depth: 0, name: name)
  }

  /// What is wrong and where, on one line. Yams shows the text from its start.
  private static func reason(of error: any Error) -> String {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      "\(problem.trimmed) at line \(mark.line), column \(mark.column)"
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      "\(keys.prefix(3).map(\.shown).joined(separator: ", ")) stands twice in one mapping, once in line \(context.mark.line)"
    default: "\("\(error)".split(whereSeparator: \.isNewline).first ?? "")"
    }
  }

  private mutating func value(of node: Node, depth: Int, name: String) throws(ToolImportError) -> JSONValue {
    nodes += 1
    guard nodes <= Self.mostNodes else {
      throw ToolImportError("\(name): it has more than \(Self.mostNodes) values, repeated ones counted")
    }
    guard depth < Self.deepest else { throw ToolImportError("\(name): it is nested deeper than \(Self.deepest)") }
    switch node {
    case .mapping(let mapping):
      var object = JSONObject()
      for (keyNode, inner) in mapping {
        guard let key = keyNode.scalar?.string else { throw ToolImportError("\(name): a key is no word") }
        let value = try value(of: inner, depth: depth + 1, name: name)
        guard key == "<<", keyNode.scalar?.style == .plain else {
          object[key] = value
          continue
        }
        for part in value.arrayValue ?? [value] {
          for (key, value) in part.objectValue ?? [:] where object[key] == nil { object[key] = value }
        }
      }
      return .object(object)
    case .sequence(let sequence):
      var list: [JSONValue] = []
      for inner in sequence { list.append(try value(of: inner, depth: depth + 1, name: name)) }
      return .array(list)
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      return isPlain && !"\(node.tag)".hasSuffix(":str") ? Self.plain(scalar.string) : .string(scalar.string)
    case .alias: return .null
    }
  }

  /// What a word without quotation marks means (https://yaml.org/spec/1.2.2/#103-core-schema).
  static func plain(_ word: String) -> JSONValue {
    switch word {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: break
    }
    guard let first = word.utf8.first, (48...57).contains(first) || "+-.".utf8.contains(first) else {
      return .string(word)
    }
    if word.hasPrefix("0x"), let number = Int(word.dropFirst(2), radix: 16) { return .integer(number) }
    if word.hasPrefix("0o"), let number = Int(word.dropFirst(2), radix: 8) { return .integer(number) }
    if let number = Int(word) { return .integer(number) }
    guard word.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }), let number = Double(word),
      number.isFinite
    else { return .string(word) }
    return .double(number)
  }
}
