import Testing

@testable import DataForge

/// How pages of all kinds are read, seen through the whole stage.
@Suite struct LayoutTests {
  private func blocks(_ pages: [TinyPDF.Page]) async throws -> [Block] {
    var pdf = TinyPDF()
    pdf.pages = pages
    return try await ScratchFolder().document(pdf).pages.flatMap(\.blocks)
  }

  @Test func aDropCapIsPartOfItsWord() async throws {
    var page = TinyPDF.Page()
    page.write("O", x: 50, y: 98, size: 30)
    page.write(
      lines: ["nce upon a time there was a letter that was", "much larger than all the others that"], x: 78, y: 84)
    page.write(lines: ["stood beside it, and below it were lines that", "were as long as the column."], x: 50, y: 108)
    let found = try await blocks([page])
    #expect(found.count == 1)
    #expect(found.first?.text.hasPrefix("Once upon a time there was a letter that was much larger") == true)
  }

  /// What the letters of the test font for Hebrew stand for.
  private func hebrew(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          (0x61...0x7A).contains($0.value) ? Unicode.Scalar($0.value - 0x61 + 0x5D0) ?? $0 : $0
        }))
  }

  @Test func hebrewIsInTheOrderOfReadingAndItsColumnsBeginAtTheRight() async throws {
    var page = TinyPDF.Page()
    // As they are seen, from left to right.
    let right = (10..<22).map { "cba fed ihg lkj onm \($0) rqpsut" }
    let left = (10..<22).map { "abc def ghi jkl mno \($0) pqrstu" }
    page.write(lines: left, x: 40, y: 80, font: .hebrew)
    page.write(lines: right, x: 210, y: 80, font: .hebrew)
    let text = try await blocks([page]).map(\.text).joined(separator: " ")
    let expected =
      (10..<22).map { "tuspqr \($0) mno jkl ghi def abc" } + (10..<22).map { "utsrqp \($0) onm lkj ihg fed cba" }
    #expect(text == hebrew(expected.joined(separator: " ")))
  }

  @Test func aTableThatIsTurnedIsReadTheRightWayUp() async throws {
    var page = TinyPDF.Page()
    page.write(
      lines: ["Above the table stands a line of text that is long,", "and then another one below it."], x: 50, y: 60)
    page.writeUpwards(lines: ["Name", "Apples", "Pears"], x: 100, y: 400)
    page.writeUpwards(lines: ["Count", "12", "8"], x: 100, y: 300)
    page.writeUpwards(lines: ["Share", "0.6", "0.4"], x: 100, y: 200)
    let found = try await blocks([page])
    #expect(found.map(\.role) == [.paragraph, .table])
    #expect(found.last?.text.hasSuffix("| Apples | 12 | 0.6 |\n| Pears | 8 | 0.4 |") == true)
    let box = try #require(found.last?.box)
    #expect(box.x0 < 100 && box.x1 > 120 && box.y0 < 200 && box.y1 > 395)
  }

  @Test func aNoteGoesOnInTheNextColumn() async throws {
    var page = TinyPDF.Page()
    page.write(
      lines: (0..<20).map { "Left column line number \($0) \u{AD}".dropLast(2) + "." }.map(String.init), x: 40, y: 60)
    page.write(lines: (0..<20).map { "Right column line no. \($0)." }, x: 210, y: 60)
    page.write(
      lines: ["1 A note that begins in the left column", "and is not at its"], x: 40, y: 330, size: 7.5, leading: 9)
    page.write(lines: ["end before the right one."], x: 210, y: 339, size: 7.5)
    let notes = try await blocks([page]).filter { $0.role == .footnote }
    #expect(
      notes.map(\.text) == ["1 A note that begins in the left column and is not at its end before the right one."])
  }

  private func page(_ number: Int, head: String, text: String) -> TinyPDF.Page {
    var page = TinyPDF.Page()
    page.write(head, x: 150, y: 30)
    page.write(
      lines: (0..<8).map { "\(text) \(number) has a line \($0) that is all its own, as long as it can be" }, x: 50,
      y: 70)
    return page
  }

  @Test func headsThatChangeWithEveryPageAreFound() async throws {
    let heads = ["Apples", "Pears and plums", "Cherries", "Quinces", "Medlars in autumn"]
    let words = ["First", "Second", "Third", "Fourth", "Fifth"]
    let pages = heads.indices.map { page($0, head: heads[$0], text: words[$0]) }
    #expect(try await blocks(pages).filter { $0.role == .header }.map(\.text) == heads)
  }

  @Test func aHeadOnTwoOfThreePagesIsFound() async throws {
    let pages = [
      page(1, head: "", text: "First"), page(2, head: "The Journal", text: "Second"),
      page(3, head: "The Journal", text: "Third"),
    ]
    #expect(try await blocks(pages).filter { $0.role == .header }.count == 2)
  }

  @Test func numbersInTheTextMakeNoHeads() async throws {
    let pages = (0..<6).map { number in
      var page = TinyPDF.Page()
      let word = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir"][number]
      page.write(
        lines: ["\(word) trees measured by \(40 + number).2 per", "\(word) cent of the whole, and they", "grow."],
        x: 50, y: 60)
      return page
    }
    #expect(try await blocks(pages).allSatisfy(\.role.isBody))
  }

  @Test(arguments: PageTurn.allCases) func aTurnedBoxFindsItsWayBack(turn: PageTurn) {
    let page = TurnedPage(turn: turn, width: 400, height: 500)
    let fragment = Fragment(
      text: 0..<0, x0: 10, y0: 20, x1: 40, y1: 90, size: 10, glyphs: 9, boldGlyphs: 0, monospaceGlyphs: 0)
    let turned = page.turned(fragment)
    #expect(page.shown(x0: turned.x0, y0: turned.y0, x1: turned.x1, y1: turned.y1) == fragment.box)
  }

  @Test func columnsThatRunDownwardsFollowEachOtherToTheLeft() {
    let page = TurnedPage(turn: .downwards, width: 400, height: 500)
    let columns = [300, 320, 340].map { x in
      page.turned(
        Fragment(
          text: 0..<0, x0: x, y0: 50, x1: x + 12, y1: 400, size: 12, glyphs: 30, boldGlyphs: 0, monospaceGlyphs: 0))
    }
    #expect(columns[2].y0 < columns[1].y0 && columns[1].y0 < columns[0].y0)
    #expect(columns.allSatisfy { $0.x0 == 50 && $0.width == 350 })
  }
}
