import Foundation
import OrderedJSON

/// The JSON-Schema-Test-Suite, where the conformance data lie beside the checkout (or where `FORGE_CONFORMANCE` says).
enum SchemaSuite {
  struct Group {
    var file: String
    var description: String
    var schema: JSONValue
    var tests: [(description: String, data: JSONValue, valid: Bool)]
  }

  static let folder: URL? = {
    let environment = ProcessInfo.processInfo.environment["FORGE_CONFORMANCE"]
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardizedFileURL
    let conformance = environment.map { URL(filePath: $0) } ?? checkout.appending(path: "../shared/conformance")
    let folder = conformance.standardizedFileURL.appending(path: "json-schema")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  static func groups(in path: String) throws -> [Group] {
    guard let folder = folder?.appending(path: path) else { return [] }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
    return try files.sorted().flatMap { file in
      let groups = try read(folder.appending(path: file)).arrayValue ?? []
      return groups.map { group in
        Group(
          file: file, description: group["description"]?.stringValue ?? "", schema: group["schema"] ?? .null,
          tests: (group["tests"]?.arrayValue ?? []).map {
            ($0["description"]?.stringValue ?? "", $0["data"] ?? .null, $0["valid"] == .bool(true))
          })
      }
    }
  }

  /// The documents that the suite's own server would serve.
  static func remotes() throws -> [String: JSONValue] {
    guard let folder = folder?.appending(path: "remotes") else { return [:] }
    var result: [String: JSONValue] = [:]
    for path in FileManager.default.enumerator(atPath: folder.path)?.compactMap({ $0 as? String }) ?? []
    where path.hasSuffix(".json") {
      result["http://localhost:1234/" + path] = try read(folder.appending(path: path))
    }
    return result
  }

  private static func read(_ file: URL) throws -> JSONValue {
    try JSONValue(parsing: [UInt8](Data(contentsOf: file)))
  }
}
