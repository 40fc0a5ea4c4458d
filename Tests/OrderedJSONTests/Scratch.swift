import Foundation
import Testing

/// A folder of its own for a test.
func withScratchFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ordered-json-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

extension FileManager {
  /// The names in a folder, hidden ones too.
  func names(in folder: String) throws -> [String] { try contentsOfDirectory(atPath: folder).sorted() }

  func text(_ path: String) -> String? { contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } }

  func write(_ bytes: [UInt8], _ path: String) {
    #expect(createFile(atPath: path, contents: Data(bytes)))
  }
}
