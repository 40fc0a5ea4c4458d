import OrderedJSON
import Testing

@testable import DataForge

/// Which part of the text is set in which font, where it was asked for.
@Suite struct SpanTests {
  private func blocks(_ page: TinyPDF.Page, spans: Bool = true) async throws -> [Block] {
    var pdf = TinyPDF()
    pdf.pages = [page]
    let outcomes = try await ScratchFolder().extract(pdf.bytes, stage: ExtractStage(spans: spans))
    return outcomes.documents.flatMap(\.pages).flatMap(\.blocks)
  }

  private func texts(_ block: Block) -> [String] {
    (block.spans ?? []).map { String(decoding: Array(block.text.utf8)[$0.range], as: UTF8.self) }
  }

  @Test func eachFontHasASpan() async throws {
    var page = TinyPDF.Page()
    page.write("Here a word is", x: 50, y: 80)
    page.write("bold", x: 122, y: 80, font: .bold)
    page.write("in the line", x: 148, y: 80)
    let block = try #require(try await blocks(page).first)
    #expect(block.text == "Here a word is bold in the line")
    #expect(texts(block).map { $0.filter { $0 != " " } } == ["Hereawordis", "bold", "intheline"])
    #expect(block.spans?.map(\.isBold) == [false, true, false])
    #expect(block.spans?.map(\.font) == ["Helvetica", "Helvetica-Bold", "Helvetica"])
    #expect(block.spans?.allSatisfy { $0.size == 10 } == true)
  }

  @Test func hyphensThatGoTakeNothingWithThem() async throws {
    var page = TinyPDF.Page()
    page.write(lines: ["Here is informa-", "tion for you."], x: 50, y: 80)
    page.write("Listing", x: 50, y: 120, font: .listing)
    let found = try await blocks(page)
    #expect(texts(found[0]) == ["Here is information for you."])
    #expect(found[1].spans?.map(\.isMonospace) == [true])
  }

  @Test func cellsHaveTheirFonts() async throws {
    var page = TinyPDF.Page()
    for (row, cells) in [["Name", "Count"], ["Apples", "12"], ["Pears", "18"]].enumerated() {
      for (column, cell) in cells.enumerated() {
        let font: TinyPDF.Font = row == 0 ? .bold : .regular
        page.write(cell, x: 60 + Double(column) * 120, y: 80 + Double(row) * 14, font: font)
      }
    }
    let table = try #require(try await blocks(page).first)
    #expect(table.spans?.map(\.isBold) == [true, false])
    #expect(texts(table).last?.hasPrefix("| Apples | 12 |") == true)
  }

  @Test func nobodyPaysForWhatNobodyAskedFor() async throws {
    var page = TinyPDF.Page()
    page.write("Text", x: 50, y: 80)
    let block = try #require(try await blocks(page, spans: false).first)
    #expect(block.spans == nil)
    #expect(try JSONValueEncoder().encode(block)["spans"] == nil)
    #expect(ExtractStage().parameters != ExtractStage(spans: true).parameters)
  }

  @Test func spansComeBackFromJSON() throws {
    let span = Span(range: 2..<5, font: nil, size: 7.5, isItalic: true, isRaised: true)
    let json = try JSONValueEncoder().encode(span)
    #expect(json.serialized() == #"{"start":2,"end":5,"size":7.5,"italic":true,"raised":true}"#)
    #expect(try JSONValueDecoder().decode(Span.self, from: json) == span)
    #expect(throws: (any Error).self) {
      try JSONValueDecoder().decode(Span.self, from: JSONValue(parsing: #"{"start":5,"end":2,"size":1}"#))
    }
  }
}
