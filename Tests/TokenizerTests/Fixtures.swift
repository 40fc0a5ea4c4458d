import Foundation
import OrderedJSON
import Tokenizer

/// The tokenizers beside this file, and the conformance data, which are no part of this repository: they lie where
/// `FORGE_CONFORMANCE` says, or else beside the checkout.
enum Fixtures {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static func tokenizer(_ name: String) throws -> Tokenizer { try Tokenizer(contentsOf: path("\(name).json")) }

  static func json(_ name: String) throws -> JSONValue {
    try JSONValue(parsing: Array(Data(contentsOf: URL(fileURLWithPath: path("\(name).json")))))
  }

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// The values of a JSON Lines file.
  static func lines(_ path: String) throws -> [JSONValue] {
    let reader = try JSONLinesReader(path: path)
    var values: [JSONValue] = []
    while let line = try reader.next() { values.append(try line.value.get()) }
    return values
  }

  /// The names of the folders in a conformance folder.
  static func conformanceFolders(_ name: String) -> [String] {
    guard let path = conformance(name), let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      return []
    }
    return names.filter { conformance("\(name)/\($0)/tokenizer.json.gz") != nil }.sorted()
  }

  /// The path of a conformance file, or `nil` where it is not there.
  static func conformance(_ name: String) -> String? {
    let beside = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("shared/conformance")
    let given = ProcessInfo.processInfo.environment["FORGE_CONFORMANCE"]
    let root = given.map { URL(fileURLWithPath: $0, isDirectory: true) } ?? beside
    let path = root.appendingPathComponent(name).path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// A tokenizer of whole words that is cut by a pattern, to see what the pattern matches.
  static func splitting(at pattern: String, normalizer: JSONValue = .null, decoder: JSONValue = .null) -> JSONValue {
    .object([
      "model": .object(["type": "WordLevel", "vocab": .object(["u": 0]), "unk_token": "u"]),
      "normalizer": normalizer,
      "pre_tokenizer": .object([
        "type": "Split", "pattern": .object(["Regex": .string(pattern)]), "behavior": "Isolated", "invert": false,
      ]),
      "decoder": decoder,
    ])
  }
}

extension JSONValue {
  /// The same object with another member.
  func with(_ key: String, _ value: JSONValue) -> JSONValue {
    var object = objectValue ?? [:]
    object[key] = value
    return .object(object)
  }

  var ints: [Int] { arrayValue?.compactMap(\.intValue) ?? [] }
}
