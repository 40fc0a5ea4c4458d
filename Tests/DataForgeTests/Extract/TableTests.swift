import Testing

@testable import DataForge

/// Cells, their lines and the rows that name the columns.
@Suite struct TableTests {
  private func tables(_ page: TinyPDF.Page) async throws -> [Table] {
    var pdf = TinyPDF()
    pdf.pages = [page]
    return try await ScratchFolder().document(pdf).pages.flatMap(\.blocks).compactMap(\.table)
  }

  private func write(
    _ rows: [[String]], at columns: [Double], y: Double, leading: Double = 14, to page: inout TinyPDF.Page
  ) {
    for (row, cells) in rows.enumerated() {
      for (x, cell) in zip(columns, cells) where !cell.isEmpty {
        page.write(cell, x: x, y: y + Double(row) * leading)
      }
    }
  }

  @Test func aCellOfSeveralLinesIsOneCell() async throws {
    var page = TinyPDF.Page()
    write([["Name", "Meaning", "Count"]], at: [50, 130, 320], y: 60, to: &page)
    write(
      [["alpha", "the first of the letters and", "1"], ["", "the oldest infor-", ""], ["", "mation", ""]],
      at: [50, 130, 320], y: 78, leading: 11, to: &page)
    write([["beta", "the second", "2"]], at: [50, 130, 320], y: 118, to: &page)
    write(
      [["gamma", "the third one of these,", "3"], ["", "as is known", ""]], at: [50, 130, 320], y: 136, leading: 11,
      to: &page)
    #expect(
      try await tables(page) == [
        Table(
          headerRows: 1,
          rows: [
            ["Name", "Meaning", "Count"], ["alpha", "the first of the letters and the oldest information", "1"],
            ["beta", "the second", "2"], ["gamma", "the third one of these, as is known", "3"],
          ])
      ])
  }

  @Test func aLabelInTheMiddleOfItsRowBelongsToAllOfIt() async throws {
    var page = TinyPDF.Page()
    for (row, name) in ["left", "right"].enumerated() {
      let y = 60 + Double(row) * 40
      page.write("the first line of \(name)", x: 130, y: y)
      page.write(name, x: 50, y: y + 11)
      page.write("\(row)", x: 320, y: y + 11)
      page.write("its second line", x: 130, y: y + 11)
      page.write("and the third", x: 130, y: y + 22)
    }
    #expect(
      try await tables(page).first?.rows == [
        ["left", "the first line of left its second line and the third", "0"],
        ["right", "the first line of right its second line and the third", "1"],
      ])
  }

  @Test func aHeadOverSeveralColumnsStandsInTheFirstOfThem() async throws {
    var page = TinyPDF.Page()
    page.write("Yield in tons", x: 190, y: 60)
    write(
      [["Fruit", "1999", "2000", "2001"], ["Apples", "12", "13", "14"], ["Pears", "7", "8", "9"]],
      at: [50, 150, 220, 290], y: 74, to: &page)
    let table = try #require(try await tables(page).first)
    #expect(table.rows.first == ["", "Yield in tons", "", ""] || table.rows.first == ["", "", "Yield in tons", ""])
    #expect(table.rows.count == 4)
  }

  @Test func severalRowsAboveTheNumbersAreTheHeader() async throws {
    var page = TinyPDF.Page()
    write(
      [
        ["", "Before", "After"], ["Fruit", "(tons)", "(tons)"], ["Apples", "12", "13"], ["Pears", "7", "8"],
        ["Plums", "9", "11"],
      ], at: [50, 150, 250], y: 60, to: &page)
    #expect(try await tables(page).map(\.headerRows) == [2])
  }

  @Test func rowsOfNumbersHaveNoHeader() async throws {
    var page = TinyPDF.Page()
    write([["a", "1", "2"], ["b", "3", "4"], ["c", "5", "6"]], at: [50, 150, 250], y: 60, to: &page)
    #expect(try await tables(page).map(\.headerRows) == [0])
  }

  @Test func wordsOfADrawingAreNoTable() async throws {
    var page = TinyPDF.Page()
    let places: [(Double, Double)] = [
      (50, 60), (250, 60), (120, 80), (320, 80), (80, 100), (190, 100), (280, 120), (150, 120), (60, 140), (340, 140),
    ]
    for (index, place) in places.enumerated() { page.write("\(index)", x: place.0, y: place.1) }
    #expect(try await tables(page).isEmpty)
  }

  @Test func markdownHasAHeadAlwaysAndEscapesBars() {
    let table = Table(headerRows: 0, rows: [["a|b", "c"], ["d\ne", ""]])
    #expect(table.markdownRows == ["| a\\|b | c |\n| --- | --- |", "| d<br>e |  |"])
  }
}
