import Foundation
import Testing

@testable import DataForge

/// A folder of its own for one test; it is removed when the test lets go of it.
final class ScratchFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/forge-extract-XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders above it, and gives its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let target = path + "/" + name
    var end = target.startIndex
    while let slash = target[end...].firstIndex(of: "/") {
      mkdir(String(target[..<slash]), 0o755)
      end = target.index(after: slash)
    }
    let file = try #require(fopen(target, "wb"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    return target
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  /// Runs the stage over a file with these bytes.
  func extract(_ bytes: [UInt8], as name: String = "file.pdf", stage: ExtractStage = ExtractStage()) async throws
    -> [Outcome<Document>]
  {
    let path = try write(name, bytes)
    return try await stage.run(SourceFile(path: name, absolutePath: path, sha256: StableID.sha256(bytes)))
  }

  /// The document of a PDF that is expected to have one.
  func document(_ pdf: TinyPDF) async throws -> Document {
    let outcomes = try await extract(pdf.bytes)
    return try #require(
      outcomes.lazy.compactMap { if case .kept(let document) = $0 { document } else { nil } }.first)
  }
}

extension [Outcome<Document>] {
  /// What was rejected.
  var rejections: [Rejection] { compactMap { if case .rejected(let rejection) = $0 { rejection } else { nil } } }
  /// What was kept.
  var documents: [Document] { compactMap { if case .kept(let document) = $0 { document } else { nil } } }
}
