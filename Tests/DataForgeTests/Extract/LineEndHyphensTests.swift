import Testing

@testable import DataForge

@Suite struct LineEndHyphensTests {
  /// Joins two lines in a document that also holds the given words.
  private func join(_ above: String, _ below: String, among words: String = "") -> String {
    var page = PageFragments(number: 1, width: 400, height: 400)
    var rows: [PrintedRow] = []
    for (place, text) in [words, above, below].enumerated() where !text.isEmpty {
      let start = page.bytes.count
      page.bytes += Array(text.utf8)
      let y = Float(place) * 12
      page.fragments.append(
        Fragment(
          text: start..<page.bytes.count, x0: 50, y0: y, x1: 150, y1: y + 10, size: 10,
          glyphs: text.count, boldGlyphs: 0, monospaceGlyphs: 0))
    }
    rows = PrintedRow.rows(of: Array(page.fragments.indices), on: &page, pageIndex: 0)
    let block = DraftBlock(role: .paragraph, rows: Array(rows.suffix(2)))
    let hyphens = LineEndHyphens(pages: [page], blocks: [[block]])
    switch hyphens.join(Array(above.utf8)[...], Array(below.utf8)[...]) {
    case .space: return above + " " + below
    case .nothing(let count): return String(decoding: above.utf8.dropLast(count), as: UTF8.self) + below
    }
  }

  @Test func wordsAreMended() {
    #expect(join("informa-", "tion here") == "information here")
    #expect(join("informa\u{AD}", "tion") == "information")
    #expect(join("über-", "ähnlich") == "überähnlich")
  }

  @Test func theDocumentsWordsDecide() {
    #expect(join("data-", "base", among: "a data-base and data-base again") == "data-base")
    #expect(join("data-", "base", among: "a database is data in a base; data on a base") == "database")
    #expect(join("command-", "line", among: "the command on a line is a command, one line") == "command-line")
    #expect(join("some-", "what", among: "some of what he said, what some say") == "somewhat")
    #expect(join("one-di-", "mensional") == "one-dimensional")
    #expect(join("state-of-the-", "art", among: "the art of it, the art") == "state-of-the-art")
  }

  @Test func hyphensBeforeCapitalsAndDigitsStay() {
    #expect(join("Smith-", "Jones") == "Smith-Jones")
    #expect(join("UTF-", "8") == "UTF-8")
    #expect(join("pages 10-", "12") == "pages 10-12")
    #expect(join("the e-", "mail") == "the e-mail")
  }

  @Test func capitalsAreMendedWhereTheDocumentHasTheWord() {
    #expect(join("THE INTRO-", "DUCTION", among: "an introduction here") == "THE INTRODUCTION")
    #expect(join("THE TCP-", "IP STACK") == "THE TCP-IP STACK")
    #expect(join("Jean-", "Paul", among: "a jeanpaul here") == "Jean-Paul")
  }

  @Test func halvesOfCompoundsWaitForTheirOtherHalf() {
    #expect(join("of pre-", "and post-war art") == "of pre- and post-war art")
    #expect(join("Haupt-", "und Nebensatz") == "Haupt- und Nebensatz")
    #expect(join("a thous-", "and ships", among: "a thousand ships") == "a thousand ships")
    #expect(join("left-", "to-right", among: "from left-to-right on") == "left-to-right")
  }

  @Test func addressesAreBrokenAtTheirOwnHyphens() {
    #expect(join("see http://example.org/some-", "thing.html") == "see http://example.org/some-thing.html")
    #expect(join("see http://example.org/", "docs/index.html") == "see http://example.org/docs/index.html")
    #expect(join("see http://example.org/", "for more") == "see http://example.org/ for more")
    #expect(join("see www.example.org.", "The rest") == "see www.example.org. The rest")
  }

  @Test func enDashesJoin() {
    #expect(join("pages 10–", "12") == "pages 10–12")
    #expect(join("a dash –", "here") == "a dash – here")
  }

  @Test func cellsOfATableAreMendedWhereTheDocumentHasTheWord() {
    var page = PageFragments(number: 1, width: 400, height: 400)
    var lines: [Range<Int>] = []
    for text in ["a numerical method", "numeri-", "cal", "first-", "rate"] {
      lines.append(page.bytes.count..<page.bytes.count + text.utf8.count)
      page.bytes += text.utf8
    }
    page.fragments = [
      Fragment(
        text: lines[0], x0: 50, y0: 0, x1: 150, y1: 10, size: 10, glyphs: 16, boldGlyphs: 0, monospaceGlyphs: 0)
    ]
    let rows = PrintedRow.rows(of: [0], on: &page, pageIndex: 0)
    let row = DraftTable.Row(cells: [[lines[1], lines[2]], [lines[3], lines[4]]], printed: 0..<1)
    let table = DraftBlock(role: .table, rows: rows, table: DraftTable(rows: [row], headerRows: 0))
    let hyphens = LineEndHyphens(pages: [page], blocks: [[table]])
    #expect(hyphens.join(page.bytes[lines[1]], page.bytes[lines[2]]) == .nothing(removing: 1))
  }

  @Test func dashesKeepTheirSpaces() {
    #expect(join("a dash -", "here") == "a dash - here")
    #expect(join("an em dash—", "here") == "an em dash—here")
    #expect(join("two words", "here") == "two words here")
  }

  @Test func chineseHasNoSpacesAtLineEnds() {
    #expect(join("中文", "文字") == "中文文字")
  }
}
