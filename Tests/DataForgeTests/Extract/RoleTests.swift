import Testing

@testable import DataForge

/// What tells titles, contents, references, formulas and code from paragraphs, seen through the whole stage.
@Suite struct RoleTests {
  private func document(_ pages: TinyPDF.Page..., outline: [(title: String, page: Int)] = []) async throws -> Document {
    var pdf = TinyPDF()
    pdf.pages = pages
    pdf.outline = outline
    return try await ScratchFolder().document(pdf)
  }

  private func blocks(_ document: Document) -> [Block] { document.pages.flatMap(\.blocks) }

  private let prose = [
    "This is the first line of a paragraph that is long enough",
    "to fill the column, as the next of its lines is too, and",
    "here is the end of it.",
  ]

  // MARK: Title

  @Test func theLargestHeadingOfTheFirstPageIsTheTitleAndTheLinesBelowAreNoHeadings() async throws {
    var page = TinyPDF.Page()
    page.write("A Study of Things", x: 120, y: 50, size: 18)
    page.write("Ann Author", x: 165, y: 75, size: 12)
    page.write("Introduction", x: 50, y: 105, font: .bold)
    page.write(lines: prose, x: 50, y: 120)
    let document = try await document(page)
    #expect(blocks(document).map(\.role) == [.title, .paragraph, .heading, .paragraph])
    #expect(blocks(document).map(\.level) == [nil, nil, 1, nil])
    #expect(document.title == "A Study of Things")
  }

  @Test func aChapterIsNoTitleWhereLaterPagesHaveHeadingsAsLarge() async throws {
    var pages: [TinyPDF.Page] = []
    for name in ["Apples", "Pears", "Plums"] {
      var page = TinyPDF.Page()
      page.write(name, x: 50, y: 60, size: 18)
      page.write(lines: prose.map { "\(name) \($0)" }, x: 50, y: 90)
      pages.append(page)
    }
    let document = try await document(pages[0], pages[1], pages[2])
    #expect(blocks(document).filter { $0.role == .heading }.map(\.text) == ["Apples", "Pears", "Plums"])
  }

  @Test func authorsBesideEachOtherAreParagraphsAndNoTable() async throws {
    var page = TinyPDF.Page()
    page.write("A Study of Things", x: 120, y: 50, size: 18)
    for (column, name) in ["Ann Author", "Ben Writer"].enumerated() {
      let x = 60 + Double(column) * 160
      page.write(lines: [name, "University of It", "\(name.prefix(3))@example.org"], x: x, y: 80)
    }
    page.write("1 Introduction", x: 50, y: 140, size: 14)
    page.write(lines: prose, x: 50, y: 165)
    let found = blocks(try await document(page))
    #expect(!found.contains { $0.role == .table })
    #expect(found.contains { $0.text == "Ann Author University of It Ann@example.org" })
  }

  // MARK: Headings

  @Test func headingsOfOneSizeAreLevelledByWhatComesFirst() async throws {
    var page = TinyPDF.Page()
    page.write("SECTION ONE", x: 50, y: 50, font: .bold)
    page.write(lines: prose, x: 50, y: 65)
    page.write("Part of it", x: 50, y: 115, font: .bold)
    page.write(lines: prose, x: 50, y: 130)
    page.write("SECTION TWO", x: 50, y: 180, font: .bold)
    page.write(lines: prose, x: 50, y: 195)
    let headings = blocks(try await document(page)).filter { $0.role == .heading }
    #expect(headings.map(\.level) == [1, 2, 1])
  }

  @Test func unnumberedHeadingsTakeTheLevelOfThoseThatLookTheSame() async throws {
    var page = TinyPDF.Page()
    page.write("1.1 Numbered below", x: 50, y: 60, size: 12, font: .bold)
    page.write(lines: prose, x: 50, y: 80)
    page.write("Unnumbered", x: 50, y: 130, size: 12, font: .bold)
    page.write(lines: prose, x: 50, y: 150)
    page.write("2. Numbered", x: 50, y: 200, size: 14, font: .bold)
    page.write(lines: prose, x: 50, y: 220)
    let headings = blocks(try await document(page)).filter { $0.role == .heading }
    #expect(headings.map(\.level) == [2, 2, 1])
  }

  @Test func aLargerHeadingIsNoPartOfASmallerOne() async throws {
    var first = TinyPDF.Page()
    first.write("A Title of It All", x: 50, y: 40, size: 15)
    first.write("1 First", x: 50, y: 70, size: 12, font: .bold)
    first.write(lines: prose, x: 50, y: 90)
    var second = TinyPDF.Page()
    second.write("Annex", x: 50, y: 60, size: 18)
    second.write(lines: prose.map { "Annexed: \($0)" }, x: 50, y: 90)
    let found = blocks(try await document(first, second))
    #expect(found.map(\.role) == [.title, .heading, .paragraph, .heading, .paragraph])
    #expect(found.compactMap(\.level) == [1, 1])
  }

  // MARK: Contents

  @Test func entriesWithLeaderDotsAreContentsWithTheirDepth() async throws {
    var page = TinyPDF.Page()
    page.write("Contents", x: 50, y: 50, size: 16)
    page.write("1 Apples . . . . . . . . . . . . . . . . . . . . 3", x: 50, y: 80)
    page.write("1.1 Red ones . . . . . . . . . . . . . . . . . . 4", x: 65, y: 94)
    page.write("2 Pears . . . . . . . . . . . . . . . . . . . . . 9", x: 50, y: 108)
    let found = blocks(try await document(page)).filter { $0.role == .contents }
    #expect(found.map(\.text) == ["1 Apples 3", "1.1 Red ones 4", "2 Pears 9"])
    #expect(found.map(\.level) == [1, 2, 1])
  }

  @Test func numbersBelowTheHeadingContentsAreContentsWithoutDotsToo() async throws {
    var page = TinyPDF.Page()
    page.write("Contents", x: 50, y: 50, size: 16)
    for (row, name) in ["Apples", "Pears", "Plums"].enumerated() {
      page.write(name, x: 50, y: 80 + Double(row) * 14)
      page.write("\(row + 3)", x: 340, y: 80 + Double(row) * 14)
    }
    let found = blocks(try await document(page))
    #expect(found.map(\.role).suffix(3) == [.contents, .contents, .contents])
    #expect(found.last?.text == "Plums 5")
  }

  @Test func namesWithNumbersElsewhereAreATable() async throws {
    var page = TinyPDF.Page()
    page.write(lines: prose, x: 50, y: 50)
    for (row, name) in ["Apples", "Pears", "Plums"].enumerated() {
      page.write(name, x: 50, y: 110 + Double(row) * 14)
      page.write("\(row + 3)", x: 240, y: 110 + Double(row) * 14)
    }
    #expect(blocks(try await document(page)).map(\.role) == [.paragraph, .table])
  }

  @Test func linesBelowContentsThatNameLaterHeadingsAreContents() async throws {
    var first = TinyPDF.Page()
    first.write("Table of Contents", x: 50, y: 50, size: 16)
    first.write(lines: ["Apples", "Pears", "Plums"], x: 50, y: 80, leading: 16)
    var second = TinyPDF.Page()
    var y = 60.0
    for name in ["Apples", "Pears", "Plums"] {
      second.write(name, x: 50, y: y, size: 16)
      y = second.write(lines: prose.map { "\(name): \($0)" }, x: 50, y: y + 25) + 20
    }
    let document = try await document(first, second)
    #expect(document.pages[0].blocks.map(\.role).suffix(3) == [.contents, .contents, .contents])
    #expect(document.pages[1].blocks.filter { $0.role == .heading }.count == 3)
  }

  // MARK: References

  @Test func entriesBelowReferencesAreParted() async throws {
    var page = TinyPDF.Page()
    page.write("4 Results", x: 50, y: 40, size: 14)
    page.write(lines: prose, x: 50, y: 60)
    page.write("References", x: 50, y: 120, size: 14)
    page.write(lines: ["[1] A. Author. A work about things and about much that", "else. Press, 1999."], x: 50, y: 140)
    page.write(lines: ["[2] B. Writer. Another work. 2004.", "[3] C. Scribe. The last. 2010."], x: 50, y: 164)
    let found = blocks(try await document(page))
    #expect(found.map(\.role) == [.heading, .paragraph, .heading, .references, .references, .references])
    #expect(found.compactMap(\.mark) == ["[1]", "[2]", "[3]"])
    #expect(found[3].text.hasSuffix("much that else. Press, 1999."))
  }

  @Test func entriesThatHangArePartedAtTheirFirstLines() async throws {
    var page = TinyPDF.Page()
    page.write("Bibliography", x: 50, y: 60, size: 14)
    var y = 85.0
    for name in ["Author, A.", "Writer, B.", "Scribe, C."] {
      page.write("\(name) (1999). A work about things and about much that is", x: 50, y: y)
      page.write("more than one line has room for. Press", x: 65, y: y + 12)
      y += 24
    }
    let found = blocks(try await document(page)).filter { $0.role == .references }
    #expect(found.map { String($0.text.prefix(6)) } == ["Author", "Writer", "Scribe"])
  }

  @Test func aSectionAboutReferencesIsText() async throws {
    var page = TinyPDF.Page()
    page.write("References", x: 50, y: 60, size: 14)
    page.write(lines: prose, x: 50, y: 85)
    #expect(blocks(try await document(page)).last?.role == .paragraph)
  }

  // MARK: Code

  @Test func codeGoesOnAfterAnEmptyLine() async throws {
    var page = TinyPDF.Page()
    page.write(lines: prose, x: 50, y: 60)
    page.write(lines: ["let a = 1", "let b = 2"], x: 60, y: 110, font: .listing)
    page.write("print(a + b)", x: 60, y: 146, font: .listing)
    #expect(blocks(try await document(page)).last?.text == "let a = 1\nlet b = 2\n\nprint(a + b)")
  }

  @Test func numbersOfLinesAreNoCode() async throws {
    var page = TinyPDF.Page()
    page.write(lines: prose, x: 50, y: 60)
    for (row, line) in ["for i in 1...3 {", "  print(i)", "}"].enumerated() {
      page.write("\(row + 9)", x: row == 0 ? 50 : 47, y: 110 + Double(row) * 12, size: 6)
      let indent = line.prefix { $0 == " " }.count
      page.write(String(line.dropFirst(indent)), x: 70 + Double(indent) * 6, y: 110 + Double(row) * 12, font: .listing)
    }
    let found = blocks(try await document(page))
    #expect(found.map(\.role) == [.paragraph, .code])
    #expect(found.last?.text == "for i in 1...3 {\n  print(i)\n}")
  }

  @Test func aTypewrittenDocumentIsNoCode() async throws {
    var page = TinyPDF.Page()
    page.write(lines: prose, x: 50, y: 60, size: 9, font: .listing)
    page.write("a   |    b     |  c", x: 60, y: 110, size: 9, font: .listing)
    #expect(blocks(try await document(page)).map(\.role) == [.paragraph, .code])
  }

  // MARK: Formulas

  @Test func aFormulaByItselfIsOneAndASentenceWithSignsIsNone() async throws {
    var page = TinyPDF.Page()
    page.write(lines: prose, x: 50, y: 60)
    page.write("E = m c + x / 2   (1)", x: 150, y: 120)
    page.write("where the energy E = 3 holds for all of these things.", x: 50, y: 150)
    #expect(blocks(try await document(page)).map(\.role) == [.paragraph, .formula, .paragraph])
  }
}
