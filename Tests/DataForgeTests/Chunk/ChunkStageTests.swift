import OrderedJSON
import Testing

@testable import DataForge

@Suite struct ChunkStageTests {
  @Test("without overlap the chunks together are the document's body, in order", arguments: 0..<60)
  func coverage(_ seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let document = RandomDocument.make(&random)
    let budget = [5, 40, 120, 400][seed % 4]
    let chunks = ChunkStage(options: ChunkOptions(maxTokens: budget, minTokens: budget / 4)).chunks(of: document)
    let body = document.pages.flatMap(\.blocks).filter(\.role.isBody)
    #expect(visible(chunks.map(\.text).joined()) == visible(body.map(\.text).joined()))
    #expect(chunks.map(\.index) == Array(chunks.indices))
    #expect(Set(chunks.map(\.id)).count == chunks.count)
    for chunk in chunks {
      // Pieces cover the chunk, and only white space stands between them.
      #expect(
        visible(chunk.pieces.map { String(chunk.text.slice(utf8: $0.start..<$0.end)) }.joined()) == visible(chunk.text))
    }
  }

  @Test("a printed line of a chunk holds the words that it held in its block", arguments: 0..<20)
  func lines(_ seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let document = RandomDocument.make(&random)
    let words = document.pages.flatMap(\.blocks).filter(\.role.isBody).flatMap { block in
      block.lines.flatMap { line in
        block.text.slice(utf8: line.range).split(whereSeparator: \.isWhitespace).map {
          "\(line.page) \(line.box.y0) \($0)"
        }
      }
    }
    let chunks = ChunkStage(options: ChunkOptions(maxTokens: 30)).chunks(of: document)
    let found = chunks.flatMap { chunk in
      chunk.pieces.flatMap(\.lines).flatMap { line in
        chunk.text.slice(utf8: line.range).split(whereSeparator: \.isWhitespace).map {
          "\(line.page) \(line.box.y0) \($0)"
        }
      }
    }
    #expect(found == words)
  }

  @Test("no chunk begins or ends inside a sentence", arguments: 0..<20)
  func sentences(_ seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let document = RandomDocument.make(&random)
    for chunk in ChunkStage(options: ChunkOptions(maxTokens: 40)).chunks(of: document) {
      for piece in chunk.pieces where piece.role == .paragraph {
        #expect(chunk.text.utf8[utf8: piece.end - 1] == UInt8(ascii: "."))
      }
    }
  }

  @Test("a heading stands with what follows it, and its path is kept")
  func headings() {
    let document = Document.of([
      (.heading, 1, "Guide"), (.paragraph, nil, prose(30)), (.heading, 2, "Install"), (.paragraph, nil, prose(30)),
      (.heading, 2, "Remove"), (.paragraph, nil, prose(30)), (.heading, 1, "Notes"), (.paragraph, nil, prose(30)),
    ])
    let chunks = ChunkStage(options: ChunkOptions(maxTokens: 60, minTokens: 20)).chunks(of: document)
    #expect(chunks.map(\.headings) == [["Guide"], ["Guide", "Install"], ["Guide", "Remove"], ["Notes"]])
    #expect(chunks.map(\.pieces[0].role) == [.heading, .heading, .heading, .heading])
  }

  @Test("running heads, feet and page numbers are in no chunk")
  func furniture() {
    let document = Document.of([(.header, nil, "HEAD"), (.paragraph, nil, "Body."), (.pageNumber, nil, "7")])
    #expect(ChunkStage().chunks(of: document).map(\.text) == ["Body."])
  }

  @Test("a sentence that announces a list stands with its first item")
  func announcement() {
    let items = (0..<6).map { (Role.listItem, Int?.some(1), "item \($0) of the list with some words more") }
    let blocks: [(Role, Int?, String)] =
      [(.paragraph, nil, prose(30)), (.paragraph, nil, "It takes these steps:")] + items
    let chunks = ChunkStage(options: ChunkOptions(maxTokens: 40, minTokens: 5)).chunks(of: .of(blocks))
    #expect(chunks[1].text.hasPrefix("It takes these steps:\n\nitem 0"))
    #expect(chunks.allSatisfy { $0.tokens <= 44 })
  }

  @Test("a long table is cut between rows only")
  func table() {
    let rows = (0..<40).map { "--flag-\($0)\tdoes the thing number \($0)" }
    let chunks = ChunkStage(options: ChunkOptions(maxTokens: 100)).chunks(
      of: .of([(.table, nil, rows.joined(separator: "\n"))]))
    #expect(chunks.count > 2)
    #expect(chunks.flatMap { $0.text.split(separator: "\n").map(String.init) } == rows)
  }

  @Test("each part of a long table begins with the table's header, and its lines map back to the print")
  func tableHeader() throws {
    let table = Table(
      headerRows: 1, rows: [["Flag", "Meaning"]] + (0..<40).map { ["--flag-\($0)", "does the thing number \($0)"] })
    var block = try #require(
      Document.of([(.table, nil, table.markdownRows.joined(separator: "\n"))]).pages[0].blocks.first)
    block.table = table
    var start = 0
    block.lines = table.markdownRows.enumerated().map { index, row in
      defer { start += row.utf8.count + 1 }
      let box = Box(x0: 0, y0: Double(index), x1: 1, y1: Double(index + 1))
      return Line(range: start..<start + row.utf8.count, page: 1, box: box)
    }
    let document = Document(
      id: "t", path: "t.pdf", pages: [Page(number: 1, width: 1, height: 1, blocks: [block])])
    let chunks = ChunkStage(options: ChunkOptions(maxTokens: 100)).chunks(of: document)
    #expect(chunks.count > 2)
    for chunk in chunks {
      #expect(chunk.text.hasPrefix("| Flag | Meaning |\n| --- | --- |\n| --flag-"))
      #expect(chunk.tokens <= 110)
      for line in chunk.pieces.flatMap(\.lines) {
        #expect(chunk.text.slice(utf8: line.range) == table.markdownRows[Int(line.box.y0)])
      }
    }
    let rows = chunks.flatMap { $0.text.split(separator: "\n").dropFirst(2).map(String.init) }
    #expect(rows == Array(table.markdownRows.dropFirst()))
  }

  @Test("long code is cut between lines and keeps its indentation")
  func code() {
    let code = (0..<60).map { "    if value_\($0) > \($0):\n        total += value_\($0)" }.joined(separator: "\n")
    let chunks = ChunkStage(options: ChunkOptions(maxTokens: 100)).chunks(of: .of([(.code, nil, code)]))
    #expect(chunks.count > 2)
    #expect(chunks.map(\.text).joined(separator: "\n") == code)
  }

  @Test("contents and references are left out with their headings, unless they are named")
  func leftOutSections() {
    let document = Document.of([
      (.title, nil, "A Book"), (.heading, 1, "Contents"), (.contents, 1, "1 One 3"), (.contents, 2, "1.1 Two 4"),
      (.heading, 1, "1 One"), (.paragraph, nil, "Text."), (.heading, 1, "References"), (.references, nil, "[1] Work."),
    ])
    func text(_ include: [ChunkOptions.Section]) -> String {
      ChunkStage(options: ChunkOptions(include: include)).chunks(of: document).map(\.text).joined(separator: "\n\n")
    }
    #expect(text([]) == "A Book\n\n1 One\n\nText.")
    #expect(text([.references]) == "A Book\n\n1 One\n\nText.\n\nReferences\n\n[1] Work.")
    #expect(text([.contents]) == "A Book\n\nContents\n\n1 One 3\n1.1 Two 4\n\n1 One\n\nText.")
  }

  @Test("what is included changes the stage's parameters, whatever its order")
  func parameters() {
    func parameters(_ include: [ChunkOptions.Section]) -> String {
      ChunkStage(options: ChunkOptions(include: include)).parameters.serialized()
    }
    #expect(parameters([.contents, .references]) == parameters([.references, .contents]))
    #expect(parameters([.contents]) != parameters([]))
  }

  @Test("text without any sentence is cut to the budget, as a last resort")
  func noSentences() {
    let chunks = ChunkStage(options: ChunkOptions(maxTokens: 50)).chunks(
      of: .of([(.paragraph, nil, (0..<1000).map { "word\($0)" }.joined(separator: " "))]))
    #expect(chunks.allSatisfy { $0.tokens <= 75 })
  }

  @Test("an overlap repeats whole sentences of the chunk before, within one section")
  func overlap() {
    let sentences = (0..<20).map { "Sentence number \($0) says a thing." }
    let options = ChunkOptions(maxTokens: 60, minTokens: 10, overlap: 20)
    let document = Document.of([
      (.paragraph, nil, sentences.joined(separator: " ")), (.heading, 1, "New"), (.paragraph, nil, prose(12)),
    ])
    let chunks = ChunkStage(options: options).chunks(of: document)
    for (left, right) in zip(chunks, chunks.dropFirst()) {
      let first = SentenceSplitter.sentences(of: right.text)[0]
      #expect(left.text.contains(right.text.slice(utf8: first)) == !right.text.hasPrefix("New"))
    }
  }

  @Test("a document without body text is rejected, not lost")
  func noBody() async throws {
    let outcomes = try await ChunkStage().run(.of([(.header, nil, "HEAD"), (.paragraph, nil, " ")]))
    guard case .rejected(let rejection) = outcomes.first else {
      Issue.record("kept")
      return
    }
    #expect(rejection.check == "no-body-text" && outcomes.count == 1)
  }

  private func prose(_ words: Int) -> String {
    Array(repeating: "word", count: words - 1).joined(separator: " ") + " end."
  }
  private func visible(_ text: String) -> String { text.filter { !$0.isWhitespace } }
}

/// Documents of random blocks, sentences and lines.
enum RandomDocument {
  static func make(_ random: inout SplitMix) -> Document {
    let roles: [Role] = [
      .heading, .paragraph, .paragraph, .paragraph, .listItem, .table, .caption, .footer, .pageNumber,
    ]
    var blocks: [(Role, Int?, String)] = []
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      let role = roles.randomElement(using: &random) ?? .paragraph
      let separator = role == .table ? "\n" : " "
      let count = Int.random(in: 1...(role == .heading ? 1 : 12), using: &random)
      let text = (0..<count).map { _ in sentence(&random) }.joined(separator: separator)
      blocks.append((role, role == .heading ? Int.random(in: 1...3, using: &random) : nil, text))
    }
    return .of(blocks)
  }

  private static func sentence(_ random: inout SplitMix) -> String {
    let words = ["alpha", "beta", "größe", "naïve", "x", "delta", "文字", "e.g. seven"]
    let body = (0..<Int.random(in: 1...14, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
    return "The " + body.joined(separator: " ") + " end."
  }
}

extension Document {
  /// One page of blocks, with a printed line for each three words.
  static func of(_ blocks: [(Role, Int?, String)]) -> Document {
    var y = 0.0
    let made = blocks.map { role, level, text in
      var lines: [Line] = []
      var start = 0
      for (index, byte) in text.utf8.enumerated() where byte == UInt8(ascii: " ") && index - start > 20 {
        lines.append(Line(range: start..<index, page: 1, box: Box(x0: 0, y0: y, x1: 10, y1: y + 1)))
        start = index + 1
        y += 1
      }
      lines.append(Line(range: start..<text.utf8.count, page: 1, box: Box(x0: 0, y0: y, x1: 10, y1: y + 1)))
      y += 1
      return Block(role: role, level: level, text: text, fontSize: 10, lines: lines)
    }
    return Document(
      id: "document", path: "a.pdf", pages: [Page(number: 1, width: 100, height: 100, blocks: made)])
  }
}
