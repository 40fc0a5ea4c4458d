import DataForge
import Testing

@Suite struct QuoteFinderTests {
  /// Three printed lines in two pieces, on two pages; the pieces are two line feeds apart.
  private static let chunk: Chunk = {
    let first = "The valve opens at 4 bar, and the pump "
    let second = "stops. The ﬁlter is “clean”—always."
    let third = "Check the seal every week."
    let text = first + second + "\n\n" + third
    let secondStart = first.utf8.count
    let secondEnd = secondStart + second.utf8.count
    let thirdStart = secondEnd + 2
    func box(_ y: Double) -> Box { Box(x0: 10, y0: y, x1: 90, y1: y + 10) }
    return Chunk(
      id: "c", documentID: "d", index: 0, headings: [], text: text, tokens: 30,
      pieces: [
        .init(
          role: .paragraph, level: nil, start: 0, end: secondEnd,
          lines: [
            Line(range: 0..<secondStart, page: 1, box: box(100)),
            Line(range: secondStart..<secondEnd, page: 1, box: box(112)),
          ]),
        .init(
          role: .paragraph, level: nil, start: thirdStart, end: text.utf8.count,
          lines: [Line(range: thirdStart..<text.utf8.count, page: 2, box: box(50))]),
      ])
  }()

  private func found(_ quote: String) -> Citation? { QuoteFinder.find(quote, in: Self.chunk) }

  @Test func anExactQuoteHasOneBoxALine() {
    let citation = found("the pump stops.")
    #expect(citation?.quote == "the pump stops.")
    #expect(citation?.pages == [1])
    #expect(citation?.boxes.map(\.box.y0) == [100, 112])
  }

  @Test func aQuoteWithinOneLineHasOneBox() {
    #expect(found("valve opens at 4 bar")?.boxes.map(\.box.y0) == [100])
    // A line's last space belongs to it, and adds no box of the line when the quote begins behind it.
    #expect(found(" stops. The")?.boxes.map(\.box.y0) == [112])
  }

  @Test func offsetsAreThoseOfTheChunk() throws {
    let citation = try #require(found("Check the seal"))
    let bytes = Array(Self.chunk.text.utf8)[citation.start..<citation.end]
    #expect(String(decoding: bytes, as: UTF8.self) == citation.quote)
  }

  @Test func aQuoteMaySpanPiecesAndPages() {
    let citation = found("always. Check the seal")
    #expect(citation?.quote == "always.\n\nCheck the seal")
    #expect(citation?.pages == [1, 2])
    #expect(citation?.boxes.map(\.page) == [1, 2])
  }

  @Test(arguments: [
    "The filter is \"clean\"-always", "The  filter\nis “clean” — always", "The fil\u{AD}ter is «clean»–always",
    "\"The ﬁlter is “clean”—always.\"", "The filter is \"clean\"-always...", "Thefilter is 'clean'",
  ])
  func whatPrintAndKeyboardsWriteDifferentlyIsTheSame(quote: String) {
    if quote.hasPrefix("Thefilter") {
      // Single and double quotation marks are not the same sign.
      #expect(found(quote) == nil)
    } else {
      #expect(found(quote)?.quote.hasPrefix("The ﬁlter is “clean”—always") == true)
    }
  }

  @Test func theDocumentsWordsAreReturned() {
    #expect(found("the  pump\tstops")?.quote == "the pump stops")
  }

  @Test(arguments: ["the valve opens", "The valve opens at 5 bar", "The pump never stops", "", "   "])
  func caseAndWordsCount(quote: String) {
    #expect(found(quote) == nil)
  }

  @Test func wholeWordsArePreferred() {
    let chunk = Self.plain("Smart is long. But art is long, too.")
    #expect(QuoteFinder.find("art is long", in: chunk)?.start == 19)
    #expect(QuoteFinder.find("mart is", in: chunk)?.start == 1)
  }

  @Test func aTextThatRepeatsItselfTakesLinearTime() {
    let text = String(repeating: "a", count: 200_000)
    let quote = String(repeating: "a", count: 100_000) + "b"
    #expect(QuoteFinder.find(quote, in: Self.plain(text)) == nil)
  }

  @Test func aChunkWithoutPrintedLinesGivesNoBoxes() {
    let citation = QuoteFinder.find("is long", in: Self.plain("Art is long."))
    #expect(citation?.boxes == [])
    #expect(citation?.pages == [])
  }

  /// Any stretch of the text, also with its white space changed, is found at its own place or at an equal one.
  @Test func everyStretchIsFound() {
    let text = Self.chunk.text
    let scalars = Array(text.unicodeScalars)
    for start in stride(from: 0, to: scalars.count - 12, by: 3) {
      let stretch = scalars[start..<start + 12]
      let changed = String(String.UnicodeScalarView(stretch.flatMap { $0 == " " ? ["\n", "\t"] : [$0] }))
      #expect(found(changed) != nil, "\(changed)")
    }
  }

  static func plain(_ text: String) -> Chunk {
    Chunk(
      id: "c", documentID: "d", index: 0, headings: [], text: text, tokens: 10,
      pieces: [.init(role: .paragraph, level: nil, start: 0, end: text.utf8.count, lines: [])])
  }
}
