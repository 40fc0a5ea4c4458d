import Testing

@testable import DataForge

extension ScratchFolder {
  /// The document of a file that is expected to have one.
  func document(_ bytes: [UInt8], as name: String) async throws -> Document {
    let outcomes = try await extract(bytes, as: name)
    return try #require(outcomes.documents.first, "\(outcomes.rejections.map(\.reason))")
  }

  func document(_ text: String, as name: String) async throws -> Document {
    try await document(Array(text.utf8), as: name)
  }

  /// The names of the rejections of a file.
  func checks(_ bytes: [UInt8], as name: String) async throws -> [String] {
    let outcomes = try await extract(bytes, as: name)
    return outcomes.documents.isEmpty ? outcomes.rejections.map(\.check) : ["kept"]
  }
}

extension Document {
  var blocks: [Block] { pages.flatMap(\.blocks) }

  /// Each block as its role, its level and its text.
  var outlineText: [String] {
    blocks.map { block in "\(block.role.rawValue)\(block.level.map { "\($0)" } ?? ""): \(block.text)" }
  }

  /// Whether every line lies in its block's text, in order, on a page of the document, with a box of zero.
  var isWithoutPrint: Bool {
    pages.allSatisfy { $0.width == 0 && $0.height == 0 }
      && blocks.allSatisfy { block in
        let count = block.text.utf8.count
        let isCovered = block.lines.reduce(0) { $0 + $1.range.count } + block.text.utf8.count { $0 == 0x0A } == count
        return isCovered
          && block.lines.allSatisfy {
            $0.range.upperBound <= count && (1...pages.count).contains($0.page)
              && $0.box == Box(x0: 0, y0: 0, x1: 0, y1: 0)
          }
      }
  }
}
