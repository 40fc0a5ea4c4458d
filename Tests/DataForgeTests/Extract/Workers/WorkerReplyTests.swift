import OrderedJSON
import Testing

@testable import DataForge

@Suite struct WorkerReplyTests {
  private static let file = SourceFile(path: "a/b.pdf", absolutePath: "/x/a/b.pdf", sha256: "ab12")

  /// Every field has a value that is none of its defaults.
  private static let document = Document(
    id: "ab12", path: "a/b.pdf", title: "Tïtle", author: "A", subject: "S", keywords: "k", producer: "p",
    created: "2026-01-02T03:04:05Z", outline: [OutlineEntry(title: "One", level: 2, page: 1)],
    pages: [
      Page(
        number: 2, label: "ii", width: 400.5, height: 500.25,
        ocr: PageOCR(
          confidence: 0.875, words: [.init(text: "wörd", confidence: 0.5, box: Box(x0: 1, y0: 2, x1: 3, y1: 4.5))]),
        blocks: [
          Block(
            role: .listItem, level: 3, mark: "•", language: "swift", text: "näive text",
            table: Table(headerRows: 1, rows: [["a", ""], ["b", "c"]]), fontSize: 9.96,
            lines: [Line(range: 0..<6, page: 2, box: Box(x0: -1.5, y0: 2, x1: 3, y1: 4))],
            spans: [Span(range: 0..<3, font: "F", size: 7, isBold: true, isRaised: true)])
        ])
    ])

  private static let rejection = Rejection(
    stage: .extract, check: "unreadable-page", reason: "why", document: "a/b.pdf", page: 7, values: ["n": 1], id: "x")

  private static func bytes() throws -> [UInt8] {
    try WorkerReply(outcomes: [.kept(document), .rejected(rejection)]).bytes()
  }

  @Test func aReplyComesBackAsItWas() throws {
    var bytes = try Self.bytes()
    let reply = try WorkerReply(bytes, about: Self.file)
    #expect(reply.outcomes.documents == [Self.document])
    #expect(reply.outcomes.rejections == [Self.rejection])
    #expect(!reply.isWorn)
    WorkerReply.mark(&bytes, isWorn: true)
    #expect(try WorkerReply(bytes, about: Self.file).isWorn)
  }

  /// A field that is added to the model and forgotten here is missing in the document above, or does not come back.
  @Test func theDocumentOfThisTestHasEveryField() {
    func look(_ value: Any, at path: String) {
      let mirror = Mirror(reflecting: value)
      switch mirror.displayStyle {
      case .optional where mirror.children.isEmpty: Issue.record("\(path) has no value in the test")
      case .collection where mirror.children.isEmpty: Issue.record("\(path) is empty in the test")
      default: for child in mirror.children { look(child.value, at: "\(path).\(child.label ?? "")") }
      }
    }
    look(Self.document, at: "document")
  }

  @Test func aReplyAboutAnotherFileIsRefused() throws {
    let bytes = try Self.bytes()
    let other = SourceFile(path: "other.pdf", absolutePath: "/x/other.pdf", sha256: "cd34")
    #expect(throws: (any Error).self) { try WorkerReply(bytes, about: other) }
    let twice = try WorkerReply(outcomes: [.kept(Self.document), .kept(Self.document)]).bytes()
    #expect(throws: (any Error).self) { try WorkerReply(twice, about: Self.file) }
    #expect(throws: (any Error).self) { try WorkerReply([], about: Self.file) }
  }

  @Test func bytesOfAMadWorkerAreReadOrRefusedButNeverCrash() throws {
    let bytes = try Self.bytes()
    for end in bytes.indices {
      #expect(throws: (any Error).self) { try WorkerReply(Array(bytes[..<end]), about: Self.file) }
    }
    var state: UInt64 = 88_172_645_463_325_252
    func next(_ limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(limit))
    }
    for place in bytes.indices {
      for _ in 0..<20 {
        var bad = bytes
        bad[place] = UInt8(next(256))
        bad[next(bad.count)] = UInt8(128 + next(128))
        _ = try? WorkerReply(bad, about: Self.file)
      }
    }
  }
}
