import Foundation
import OrderedJSON
import EmbeddedTemplates
import Yams

/// Reads a recipe file: YAML whose every mistake is named by its line.
public struct RecipeFile: Sendable {
  /// What is wrong with a recipe file.
  public struct Invalid: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence a mistake, each with the file and the line.
    public let mistakes: [String]
    public var description: String { mistakes.joined(separator: "\n") }
  }

  /// Reads a file over the defaults.
  /// - Throws: `Invalid`.
  public static func recipe(at path: String) throws -> Recipe {
    guard let bytes = FileManager.default.contents(atPath: path), let text = String(data: bytes, encoding: .utf8) else {
      throw Invalid(mistakes: ["\(path): the recipe cannot be read; check the path and that it is UTF-8 text"])
    }
    return try recipe(yaml: text, name: path)
  }

  /// Reads a recipe's text over the defaults.
  /// - Parameter name: what messages call the file.
  /// - Throws: `Invalid`.
  public static func recipe(yaml text: String, name: String) throws -> Recipe {
    var reader = YAMLReader(name: name)
    let given = try reader.value(of: text)
    let schema = try JSONSchema(JSONValue(parsing: Schemas.recipe))
    let violations = schema.violations(in: given, limit: 20)
    guard violations.isEmpty else {
      throw Invalid(
        mistakes: violations.map { violation in
          let place =
            violation.instancePath.isEmpty ? "" : " (\(violation.instancePath.dropFirst().replacing("/", with: ".")))"
          return "\(name):\(reader.line(of: violation.instancePath)): \(violation.message)\(place)"
        })
    }
    do {
      return try JSONValueDecoder().decode(Recipe.self, from: overlay(given, on: Recipe().json()))
    } catch {
      throw Invalid(mistakes: ["\(name): the recipe does not fit together: \(error)"])
    }
  }

  /// The defaults with everything that the user gave in their place.
  private static func overlay(_ given: JSONValue, on base: JSONValue) -> JSONValue {
    guard let members = given.objectValue, var result = base.objectValue else { return given }
    for (key, value) in members {
      result[key] = result[key].map { overlay(value, on: $0) } ?? value
    }
    return .object(result)
  }
}

/// Turns YAML into JSON values and remembers on which line each key stands.
private struct YAMLReader {
  let name: String
  private var lines: [String: Int] = [:]
  private var nodes = 0

  /// Far beyond any recipe; aliases could otherwise grow a small file into a huge tree.
  private static let mostNodes = 10_000

  init(name: String) { self.name = name }

  mutating func value(of text: String) throws -> JSONValue {
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw RecipeFile.Invalid(mistakes: ["\(name): not valid YAML: \(error)"])
    }
    guard let node, node != Node("") else { return [:] }
    guard node.mapping != nil else {
      throw RecipeFile.Invalid(
        mistakes: ["\(name):1: a recipe is a list of sections such as “chunk:” or “filter:”; see the README"])
    }
    return try value(of: node, at: "")
  }

  private mutating func value(of node: Node, at path: String) throws -> JSONValue {
    nodes += 1
    guard nodes <= Self.mostNodes else {
      throw RecipeFile.Invalid(mistakes: ["\(name): the recipe has more than \(Self.mostNodes) values"])
    }
    if let line = node.mark?.line, lines[path] == nil { lines[path] = line }
    switch node {
    case .mapping(let mapping):
      var object = JSONObject()
      for (keyNode, inner) in mapping {
        guard let key = keyNode.string else {
          throw RecipeFile.Invalid(mistakes: ["\(name):\(keyNode.mark?.line ?? 1): a key must be a word"])
        }
        let place = path + "/" + key.replacing("~", with: "~0").replacing("/", with: "~1")
        lines[place] = keyNode.mark?.line
        object[key] = try value(of: inner, at: place)
      }
      return .object(object)
    case .sequence(let sequence):
      return .array(try sequence.enumerated().map { try value(of: $1, at: "\(path)/\($0)") })
    case .scalar(let scalar):
      if node.null != nil { return .null }
      // Quoted text is text, whatever it looks like.
      guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
      if let value = node.bool { return .bool(value) }
      if let value = node.int { return .integer(value) }
      if let value = node.float, value.isFinite { return .double(value) }
      return .string(scalar.string)
    default:
      return .null
    }
  }

  /// The line of a JSON pointer's place, or of the nearest place above it.
  func line(of pointer: String) -> Int {
    var path = pointer[...]
    while true {
      if let line = lines[String(path)] { return line }
      guard let slash = path.lastIndex(of: "/") else { return 1 }
      path = path[..<slash]
    }
  }
}
