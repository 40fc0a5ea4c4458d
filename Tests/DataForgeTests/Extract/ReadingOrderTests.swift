import Testing

@testable import DataForge

@Suite struct ReadingOrderTests {
  private func fragment(_ x0: Float, _ y0: Float, _ x1: Float, size: Float = 10, glyphs: Int = 30) -> Fragment {
    Fragment(
      text: 0..<0, x0: x0, y0: y0, x1: x1, y1: y0 + size, size: size, glyphs: glyphs, boldGlyphs: 0,
      monospaceGlyphs: 0)
  }

  private func column(_ x0: Float, _ x1: Float, lines: Int, from y: Float = 100) -> [Fragment] {
    (0..<lines).map { fragment(x0, y + Float($0) * 12, x1) }
  }

  private func regions(_ fragments: [Fragment]) -> [[Int]] {
    ReadingOrder.regions(of: fragments, among: Array(fragments.indices)).map(\.fragments)
  }

  @Test func threeColumnsAreThreeRegions() {
    let fragments = column(50, 190, lines: 20) + column(205, 345, lines: 20) + column(360, 500, lines: 7)
    #expect(regions(fragments).map(Set.init) == [Set(0..<20), Set(20..<40), Set(40..<47)])
  }

  @Test func theOrderInTheFileDoesNotMatter() {
    let fragments = column(50, 190, lines: 20) + column(205, 345, lines: 20)
    let turned = Array(fragments.reversed())
    #expect(regions(turned).map(Set.init) == [Set(20..<40), Set(0..<20)])
  }

  @Test func aSpanningHeadingKeepsItsPlace() {
    let fragments =
      column(50, 280, lines: 8) + column(300, 530, lines: 8) + [fragment(50, 210, 450, size: 14)]
      + column(50, 280, lines: 8, from: 240) + column(300, 530, lines: 8, from: 240)
    #expect(regions(fragments).map(Set.init) == [Set(0..<8), Set(8..<16), [16], Set(17..<25), Set(25..<33)])
  }

  @Test func aTitleInsideAWideGutterStandsAboveTheColumns() {
    let fragments =
      [fragment(240, 40, 340, size: 14), fragment(280, 70, 300)] + column(50, 200, lines: 20)
      + column(380, 530, lines: 20)
    #expect(regions(fragments).map(Set.init) == [[0, 1], Set(2..<22), Set(22..<42)])
  }

  @Test func rowsOfNarrowCellsAreNoColumns() {
    let cells = (0..<8).flatMap { row in
      [Float(50), 200, 350].map { fragment($0, 100 + Float(row) * 12, $0 + 40, glyphs: 6) }
    }
    #expect(regions(cells).count == 1)
  }

  @Test func termsBesideTheirExplanationsAreReadTogether() {
    let terms = (0..<5).map { fragment(50, 100 + Float($0) * 48, 140, glyphs: 15) }
    let texts = (0..<20).map { fragment(160, 100 + Float($0) * 12, 500) }
    #expect(regions(terms + texts).count == 1)
  }

  @Test func columnsOfTablesAreColumnsWhereTheirRowsDoNotMatch() {
    let left = (0..<12).flatMap { row in
      [fragment(50, 100 + Float(row) * 12, 120), fragment(200, 100 + Float(row) * 12, 250)]
    }
    let right = (0..<12).flatMap { row in
      [fragment(280, 106 + Float(row) * 12, 350), fragment(430, 106 + Float(row) * 12, 480)]
    }
    #expect(regions(left + right).map(Set.init) == [Set(0..<24), Set(24..<48)])
  }

  @Test func commentsBesideAListingStayWithTheirLines() {
    var lines = column(50, 200, lines: 12) + column(260, 400, lines: 12)
    for place in lines.indices { lines[place].monospaceGlyphs = lines[place].glyphs }
    #expect(regions(lines).count == 1)
  }

  @Test func aTableInOneOfTwoColumnsStaysInItsColumn() {
    let prose = column(50, 280, lines: 14) + column(300, 530, lines: 6)
    let cells = (0..<10).map { place -> Fragment in
      let x: Float = place % 2 == 0 ? 310 : 430
      return fragment(x, 192 + Float(place / 2) * 12, x + 60, glyphs: 8)
    }
    let fragments = prose + cells + column(50, 280, lines: 10, from: 290) + column(300, 530, lines: 10, from: 290)
    #expect(regions(fragments).map(Set.init) == [Set(0..<14).union(30..<40), Set(14..<30).union(40..<50)])
  }

  @Test func wideSpacesOfJustifiedLinesMakeNoTable() {
    var left = column(50, 190, lines: 20)
    for row in stride(from: 0, to: 20, by: 2) {
      left[row].x1 = 90
      left.append(fragment(102, left[row].y0, 190))
    }
    let fragments = left + column(205, 345, lines: 20) + column(360, 500, lines: 20)
    #expect(regions(fragments).map(Set.init) == [Set(0..<30), Set(30..<50), Set(50..<70)])
  }

  @Test func anAuthorOverTheMiddleOfThreeColumnsStandsAboveAll() {
    let columns = column(50, 190, lines: 20) + column(205, 345, lines: 20) + column(360, 500, lines: 20)
    let fragments = [fragment(100, 40, 450, size: 14), fragment(250, 75, 300, glyphs: 8)] + columns
    #expect(regions(fragments).map(Set.init) == [[0, 1], Set(2..<22), Set(22..<42), Set(42..<62)])
  }

  @Test func notesInTheMarginAreReadApart() {
    var notes = (0..<4).map { fragment(420, 161 + Float($0) * 9, 480, size: 8, glyphs: 14) }
    notes[3].x1 = 450
    let fragments = column(50, 410, lines: 30) + notes
    let found = ReadingOrder.regions(of: fragments, among: Array(fragments.indices))
    #expect(found.map(\.fragments).map(Set.init) == [Set(0..<30), Set(30..<34)])
    #expect(found.map(\.isAside) == [false, true])
  }

  @Test func namesBesideWhatTheyStandForAreRowsInEachColumn() {
    func half(_ x: Float, from y: Float) -> [Fragment] {
      var names = column(x, x + 60, lines: 30, from: y)
      for place in names.indices { names[place].monospaceGlyphs = names[place].glyphs }
      return names + column(x + 100, x + 220, lines: 30, from: y)
    }
    let card = half(40, from: 100) + half(320, from: 106)
    #expect(regions(card).map(Set.init) == [Set(0..<60), Set(60..<120)])
  }

  @Test func thousandsOfFragmentsAreNoTrouble() {
    let fragments = (0..<4000).map { place in
      let (x, y) = (Float(place % 60) * 9, Float(place / 60) * 11)
      return fragment(x, y, x + 6, glyphs: 1)
    }
    #expect(regions(fragments).joined().count == 4000)
  }

  @Test(.timeLimit(.minutes(1))) func aHundredThousandFragmentsOnOneLineAreBounded() {
    let fragments = (0..<100_000).map { place in
      let x = Float(place % 500)
      return fragment(x, 100 + Float(place % 3), x + 2, glyphs: 1)
    }
    #expect(regions(fragments).joined().count == 100_000)
  }
}
