import Foundation
import OrderedJSON

@testable import DataForge

/// A folder with an API's description for one test; it is removed when the test lets go of it.
final class SpecFolder {
  let path: String

  init(_ files: [String: String]) throws {
    path = NSTemporaryDirectory() + "spec-" + UUID().uuidString
    for (name, text) in files {
      let file = URL(fileURLWithPath: path + "/" + name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: false, encoding: .utf8)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Imports a file of the folder.
  func imported(_ name: String = "api.yaml", _ options: OpenAPIImport.Options = .init()) async throws -> ToolImport {
    try await OpenAPIImport.run(path + "/" + name, options: options)
  }

  /// Imports one description.
  static func imported(_ text: String, _ options: OpenAPIImport.Options = .init()) async throws -> ToolImport {
    try await SpecFolder(["api.yaml": text]).imported("api.yaml", options)
  }

  /// Imports one description, writes taken.
  static func imported(_ json: JSONValue) async throws -> ToolImport {
    try await imported(json.serialized(.compact), .init(filter: OperationFilter(allowsWrites: true)))
  }
}

extension ToolImport {
  /// The names of the tools, in order.
  var names: [String] { (file["tools"]?.arrayValue ?? []).compactMap { $0["function"]?["name"]?.stringValue } }

  /// The tool of that name, as it is written.
  func tool(_ name: String) -> JSONValue? {
    file["tools"]?.arrayValue?.first { $0["function"]?["name"]?.stringValue == name }
  }

  /// The schema of the arguments of the tool of that name.
  func parameters(_ name: String) -> JSONValue? { tool(name)?["function"]?["parameters"] }
}
