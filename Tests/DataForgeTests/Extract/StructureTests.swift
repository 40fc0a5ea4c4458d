import Testing

@testable import DataForge

/// What a page's blocks are for, seen through the whole stage.
@Suite struct StructureTests {
  private func blocks(_ page: TinyPDF.Page) async throws -> [Block] {
    var pdf = TinyPDF()
    pdf.pages = [page]
    return try await ScratchFolder().document(pdf).pages.flatMap(\.blocks)
  }

  private let prose = [
    "This is the first line of a paragraph that is long enough",
    "to fill the column, as the next of its lines is too, and",
    "here is the end of it.",
  ]

  @Test func linesOfAParagraphAreJoinedAndMappedBack() async throws {
    var page = TinyPDF.Page()
    page.write(lines: prose, x: 50, y: 80)
    let block = try #require(try await blocks(page).first)
    #expect(block.role == .paragraph)
    #expect(block.text == prose.joined(separator: " "))
    let utf8 = Array(block.text.utf8)
    #expect(block.lines.map { String(decoding: utf8[$0.range], as: UTF8.self) } == prose)
  }

  @Test func anEmptyLineAndAnIndentBeginParagraphs() async throws {
    var page = TinyPDF.Page()
    var y = page.write(lines: prose, x: 50, y: 80)
    y = page.write(lines: prose, x: 50, y: y + 8)
    page.write("Indented begins one that is long enough for the column.", x: 65, y: y)
    page.write("And goes on at the left of the column.", x: 50, y: y + 12)
    #expect(try await blocks(page).map(\.lines.count) == [3, 3, 2])
  }

  @Test func largeAndBoldLinesAreHeadingsWithLevels() async throws {
    var page = TinyPDF.Page()
    page.write("The Title", x: 50, y: 50, size: 20)
    page.write("A Section", x: 50, y: 90, size: 14)
    page.write(lines: prose, x: 50, y: 115)
    page.write("A bold heading", x: 50, y: 170, font: .bold)
    page.write(lines: prose, x: 50, y: 185)
    let found = try await blocks(page)
    #expect(found.map(\.role) == [.title, .heading, .paragraph, .heading, .paragraph])
    #expect(found.compactMap(\.level) == [1, 2])
  }

  @Test func theOutlineAndNumbersGiveLevels() async throws {
    var page = TinyPDF.Page()
    page.write("Overview", x: 50, y: 50, size: 14)
    page.write(lines: prose, x: 50, y: 80)
    page.write("2.3.1 Details of it", x: 50, y: 140, font: .bold)
    page.write(lines: prose, x: 50, y: 160)
    var pdf = TinyPDF()
    pdf.pages = [page]
    pdf.outline = [("Overview", 1)]
    let document = try await ScratchFolder().document(pdf)
    #expect(document.pages[0].blocks.filter { $0.role == .heading }.map(\.level) == [1, 3])
  }

  @Test func bulletsAndNumbersAreListItemsThatNest() async throws {
    var page = TinyPDF.Page()
    page.write("• First item that goes on over more than one of the lines", x: 60, y: 80)
    page.write("of the column.", x: 68, y: 92)
    page.write("– Nested item", x: 80, y: 106)
    page.write("• Second item", x: 60, y: 120)
    page.write("1. Numbered item", x: 60, y: 145)
    let found = try await blocks(page)
    #expect(found.map(\.role) == [.listItem, .listItem, .listItem, .listItem])
    #expect(found.map(\.level) == [1, 2, 1, 1])
    #expect(found.map(\.mark) == ["•", "–", "•", "1."])
    #expect(found[0].text.hasSuffix("one of the lines of the column."))
  }

  @Test func aListGoesOnInTheNextColumn() async throws {
    var page = TinyPDF.Page()
    let filler = (0..<10).map { "Column text line number \($0) is so" }
    page.write(lines: filler, x: 30, y: 60)
    page.write(lines: ["1. First", "2. Second"], x: 30, y: 190, leading: 14)
    page.write(lines: ["(a) Inner", "(b) Other"], x: 230, y: 60, leading: 14)
    page.write("3. Third", x: 215, y: 88)
    page.write(lines: filler, x: 215, y: 120)
    let items = try await blocks(page).filter { $0.role == .listItem }
    #expect(items.map(\.mark) == ["1.", "2.", "(a)", "(b)", "3."])
    #expect(items.map(\.level) == [1, 1, 2, 2, 1])
  }

  @Test func alignedCellsBecomeAMarkdownTable() async throws {
    var page = TinyPDF.Page()
    page.write(lines: prose, x: 50, y: 60)
    for (row, cells) in [["Name", "Count", "Share"], ["Apples", "12", "0.4"], ["Pears | old", "18", "0.6"]].enumerated()
    {
      for (column, cell) in cells.enumerated() {
        page.write(cell, x: 60 + Double(column) * 90, y: 120 + Double(row) * 14)
      }
    }
    page.write("Table 1: Fruit by count.", x: 60, y: 175)
    let found = try await blocks(page)
    #expect(found.map(\.role) == [.paragraph, .table, .caption])
    #expect(
      found[1].text == """
        | Name | Count | Share |
        | --- | --- | --- |
        | Apples | 12 | 0.4 |
        | Pears \\| old | 18 | 0.6 |
        """)
    #expect(found[1].lines.count == 3)
    #expect(
      found[1].table
        == Table(
          headerRows: 1, rows: [["Name", "Count", "Share"], ["Apples", "12", "0.4"], ["Pears | old", "18", "0.6"]]))
  }

  @Test func smallTextWithAMarkAtTheFootIsAFootnote() async throws {
    var page = TinyPDF.Page()
    page.write(lines: prose + prose, x: 50, y: 80)
    page.write("1 The first note, which is small.", x: 50, y: 440, size: 7.5)
    page.write("2 The second note.", x: 50, y: 449, size: 7.5)
    let found = try await blocks(page)
    #expect(found.suffix(2).map(\.role) == [.footnote, .footnote])
    #expect(found.suffix(2).map(\.mark) == ["1", "2"])
    #expect(found.first?.role == .paragraph)
  }

  @Test func listingsKeepTheirLinesAndIndents() async throws {
    var page = TinyPDF.Page()
    page.write(lines: prose, x: 50, y: 60)
    page.write("for i in 1...3 {", x: 60, y: 105, font: .listing)
    page.write("print(i)", x: 72, y: 117, font: .listing)
    page.write("}", x: 60, y: 129, font: .listing)
    let found = try await blocks(page)
    #expect(found.last?.role == .code)
    #expect(found.last?.text == "for i in 1...3 {\n  print(i)\n}")
  }

  @Test func twoColumnsAreReadOneAfterTheOther() async throws {
    var page = TinyPDF.Page()
    page.write("A Heading Over Both of the Columns", x: 80, y: 40, size: 14)
    let left = (0..<12).map { "Left column line number \($0)" }
    let right = (0..<12).map { "Right column line no. \($0)" }
    page.write(lines: left, x: 40, y: 80)
    page.write(lines: right, x: 210, y: 80)
    page.write("A line over both of the columns stands between the bands of text.", x: 40, y: 240)
    page.write(lines: left, x: 40, y: 270)
    page.write(lines: right, x: 210, y: 270)
    let text = try await blocks(page).map(\.text).joined(separator: " ")
    let expected =
      ["A Heading Over Both of the Columns"] + left + right
      + ["A line over both of the columns stands between the bands of text."] + left + right
    #expect(text == expected.joined(separator: " "))
  }

  @Test func runningHeadsAndPageNumbersAreSetApart() async throws {
    var pdf = TinyPDF()
    for number in 1...6 {
      var page = TinyPDF.Page()
      page.write(number % 2 == 0 ? "The Handbook" : "Chapter of Things", x: number % 2 == 0 ? 50 : 250, y: 30)
      let word = ["Apples", "Pears", "Plums", "Cherries", "Quinces", "Figs"][number - 1]
      page.write(lines: prose.map { "\(word) \($0)" }, x: 50, y: 80)
      page.write("\(number + 10)", x: 200, y: 480)
      pdf.pages.append(page)
    }
    let document = try await ScratchFolder().document(pdf)
    for page in document.pages {
      #expect(page.blocks.map(\.role).filter { !$0.isBody } == [.header, .pageNumber])
      #expect(!page.blocks.filter { $0.role.isBody }.contains { $0.text.contains("Handbook") })
    }
  }

  @Test func whatRepeatsInsideTheTextIsNoRunningHead() async throws {
    let first = ["Apples are red.", "Pears are green.", "Plums are blue.", "Figs are brown."]
    let pdf = TinyPDF(pages: first.map { [$0, "In: 1", "Out: 2"] })
    let document = try await ScratchFolder().document(pdf)
    #expect(document.pages.flatMap(\.blocks).filter { !$0.role.isBody }.isEmpty)
  }

  @Test func cellsThatStandCloseAreStillCells() async throws {
    var page = TinyPDF.Page()
    for (row, cells) in [["Density", "0.071", "0.072"], ["Carbon", "43.1", "43.4"], ["Effort", "190", "21"]]
      .enumerated()
    {
      for (column, cell) in cells.enumerated() {
        page.write(cell, x: [60, 130, 164][column], y: 80 + Double(row) * 12)
      }
    }
    let table = try #require(try await blocks(page).first)
    #expect(table.role == .table)
    #expect(table.text.hasSuffix("| Effort | 190 | 21 |"))
  }

  @Test func textThatOnlyBeginsAlikeIsNoRunningHead() async throws {
    let pdf = TinyPDF(pages: [["Dear reader, here is one letter."], ["Dear reader, here is another of them."]])
    let document = try await ScratchFolder().document(pdf)
    #expect(document.pages.flatMap(\.blocks).filter { !$0.role.isBody }.isEmpty)
  }

  @Test func aParagraphGoesOnOverAPageBreak() async throws {
    let pdf = TinyPDF(pages: [
      ["The sentence that is begun at the foot of this page is", "long, and it has not come to its end when the page"],
      ["breaks, so it goes on here. Then comes another one that", "ends."],
    ])
    let blocks = try await ScratchFolder().document(pdf).pages.flatMap(\.blocks)
    #expect(blocks.count == 1)
    #expect(blocks.first?.text.contains("when the page breaks, so it") == true)
    #expect(blocks.first?.lines.map(\.page) == [1, 1, 2, 2])
  }

  @Test func hyphensAtLineEndsFollowTheDocumentsWords() async throws {
    var page = TinyPDF.Page()
    page.write(
      lines: [
        "Here the word infor-", "mation was cut, and the well-", "known compound was not, as its well-known form",
        "shows. A soft hy\u{AD}", "phen goes, and the UTF-", "8 keeps its own.",
      ], x: 50, y: 80)
    let text = try await blocks(page).map(\.text).joined(separator: " ")
    #expect(text.contains("the word information was cut"))
    #expect(text.contains("the well-known compound"))
    #expect(text.contains("A soft hyphen goes"))
    #expect(text.contains("the UTF-8 keeps"))
  }

  @Test func theLargestHeadingIsTheTitleWhereTheMetadataIsNone() async throws {
    var page = TinyPDF.Page()
    page.write("Introduction to Things", x: 50, y: 50, size: 20)
    page.write(lines: prose, x: 50, y: 90)
    var pdf = TinyPDF()
    pdf.pages = [page]
    pdf.information = ["Title": "Microsoft Word - draft7.doc"]
    #expect(try await ScratchFolder().document(pdf).title == "Introduction to Things")
  }
}
