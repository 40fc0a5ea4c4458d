import OrderedJSON
import Testing

@testable import DataForge

/// Pages whose fonts do not say what their letters are.
@Suite struct PageLegibilityTests {
  private static let prose = [
    "It was said of the lighthouse that no keeper ever left it of his own", "free will, and those who knew the coast",
    "had reasons to believe it: the rocks are steep, the boats are few, and", "in the winter months the mail came only",
    "when the sea allowed. The last of them kept a diary of the weather, in", "which he wrote down the height of waves",
    "and the names of ships, until one day he stopped in the middle of a",
    "line; nobody could ever tell the reason why.",
  ]

  /// Where OCR is installed such pages are read from their pictures.
  private static let withoutOCR = ExtractStage(options: ExtractOptions(ocr: OCROptions(mode: .never)))

  /// The prose with each of its letters replaced.
  private func pdf(_ replaced: (UInt8) -> UInt8) -> TinyPDF {
    TinyPDF(pages: [(Self.prose + Self.prose).map { String(decoding: $0.utf8.map(replaced), as: UTF8.self) }])
  }

  @Test func proseIsText() async throws {
    #expect(try await ScratchFolder().extract(pdf { $0 }.bytes, stage: Self.withoutOCR).rejections.isEmpty)
  }

  /// Letters that were numbered as they came up, from the first printable character on.
  private var numbered: TinyPDF {
    var order: [UInt8] = []
    for byte in Self.prose.joined().utf8 where byte != 0x20 && !order.contains(byte) { order.append(byte) }
    return pdf { byte in byte == 0x20 ? byte : 0x21 + UInt8(order.firstIndex(of: byte) ?? 0) }
  }

  @Test func numbersOfGlyphsAreNoText() async throws {
    let rejection = try #require(
      try await ScratchFolder().extract(numbered.bytes, stage: Self.withoutOCR).rejections.first)
    #expect(rejection.check == "unreadable-text")
    #expect(rejection.page == nil)
    #expect(rejection.values["pages_unreadable"] == .integer(1))
  }

  @Test func glyphsOfASubsetWithoutItsTableAreNoText() async throws {
    // TrueType fonts have their letters 29 places further down: `7KLV LV` for `This is`.
    let outcomes = try await ScratchFolder().extract(pdf { $0 == 0x20 ? $0 : $0 - 29 }.bytes, stage: Self.withoutOCR)
    #expect(outcomes.rejections.map(\.check) == ["unreadable-text"])
  }

  @Test func theOtherPagesOfTheDocumentStay() async throws {
    var whole = pdf { $0 }
    whole.pages += numbered.pages
    let outcomes = try await ScratchFolder().extract(whole.bytes, stage: Self.withoutOCR)
    #expect(outcomes.rejections.map(\.page) == [2])
    #expect(outcomes.rejections.first?.reason.contains("OCR") == true)
    let document = try #require(outcomes.documents.first)
    #expect(document.pages.map(\.blocks.isEmpty) == [false, true])
  }

  @Test func privateAndReplacementCharactersAreNoText() async throws {
    for meaning in ["\u{E012}", "\u{FFFD}"] {
      var pdf = TinyPDF(pages: [[]])
      pdf.fonts = ["Odd": .init(name: "ABCDEF+Foo", meanings: [meaning])]
      pdf.pages[0].write("AAAA AAA AAAAA AA some", x: 50, y: 80, fontNamed: "Odd")
      #expect(
        try await ScratchFolder().extract(pdf.bytes, stage: Self.withoutOCR).rejections.map(\.check) == [
          "unreadable-text"
        ])
    }
  }

  @Test func listsOfNamesAndDataAreText() async throws {
    for line in [
      "FpXQX_gcd FpXQX_mul F2xqE_log", "GATTACA CATTAG TAGCAT GATTCA", "if (names[i] == name) { return &values[i]; }",
      "0x7f45 0x4c46 0xdead 0xbeef", "PRINTF SCANF FOPEN STRCMP",
    ] {
      let pdf = TinyPDF(pages: [[String]](repeating: [String](repeating: line, count: 25), count: 1))
      #expect(try await ScratchFolder().extract(pdf.bytes, stage: Self.withoutOCR).rejections.isEmpty, "\(line)")
    }
  }
}
