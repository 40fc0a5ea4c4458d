import Testing

@testable import DataForge

/// Characters that a PDF's fonts give, on their way to text.
@Suite struct GlyphRepairTests {
  /// The text of a page in a font that gives these characters for `A`, `B` and so on, among plain letters.
  private func text(_ template: String, _ meanings: [String], named name: String = "ABCDEF+Foo") async throws -> String
  {
    var pdf = TinyPDF(pages: [[]])
    pdf.fonts = ["Odd": .init(name: name, meanings: meanings)]
    pdf.pages[0].write(template, x: 50, y: 80, fontNamed: "Odd")
    return try await ScratchFolder().document(pdf).pages.flatMap(\.blocks).map(\.text).joined(separator: "\n")
  }

  @Test func ligaturesBecomeLetters() async throws {
    let text = try await text("oAer Bnal Cow oDce baEed Fill lauGt", ["ﬀ", "ﬁ", "ﬂ", "ﬃ", "ﬄ", "ﬆ", "ﬅ"])
    #expect(text == "offer final flow office baffled still laustt")
  }

  @Test func whatCannotBeSeenGoes() async throws {
    let invisible = ["\u{200B}", "\u{200E}", "\u{FEFF}", "\u{2060}", "\u{2061}", "\u{2066}", "\u{206A}", "\u{2029}"]
    let text = try await text("xAxBxCxDxExFxGxHx", invisible)
    #expect(text.filter { $0 != " " } == "xxxxxxxxx")
    #expect(text.unicodeScalars.allSatisfy { $0 == "x" || $0 == " " })
  }

  @Test func charactersOfWindowsAreReadAsSuch() async throws {
    #expect(try await text("aAs ByesC D E", ["\u{92}", "\u{93}", "\u{94}", "\u{95}", "\u{88}"]) == "a’s “yes” • •")
  }

  @Test func privateUseIsReadWhereItsMeaningIsKnown() async throws {
    #expect(try await text("A point", ["\u{F0B7}"]) == "• point")
    #expect(try await text("in ABCD", ["\u{F731}", "\u{F739}", "\u{F732}", "\u{F730}"]) == "in 1920")
    #expect(try await text("pAxB", ["\u{F8EB}", "\u{F8F6}"]) == "p⎛x⎞")
    #expect(try await text("A or B", ["\u{F061}", "\u{F0E5}"], named: "ABCDEF+SymbolMT") == "α or ∑")
    // An icon: nothing to read.
    #expect(try await text("A Home", ["\u{E80F}"]) == "Home")
  }

  @Test func whatIsNoCharacterIsGarbage() {
    for scalar: UInt32 in [0xFFFE, 0xFFFF, 0x1FFFF, 0xFDD0, 0xD800, 0x81] {
      guard case .garbage = GlyphRepair.action(for: scalar) else {
        Issue.record("\(scalar) was taken for a character")
        continue
      }
    }
  }

  @Test func aReplacementCharacterStaysToSaySo() async throws {
    #expect(try await text("quA vadis", ["\u{FFFD}"]) == "qu\u{FFFD} vadis")
  }

  @Test func marksComeAfterTheirLetters() async throws {
    // The grave accent that fonts have for a quote stands on nothing.
    #expect(try await text("the AnameB", ["\u{300}", "’"]) == "the `name’")
    #expect(try await text("caféA", ["s"]) == "cafés")
  }

  @Test func composedLettersAreOneCharacter() async throws {
    let text = try await text("A B", ["e\u{301}", "ı\u{301}"])
    #expect(Array(text.unicodeScalars) == ["é", " ", "í"])
    #expect(try await self.text("naAve", ["i\u{308}"]) == "naïve")
  }

  @Test func ligaturesOfOldFontsAreToldFromSigns() {
    let ligature = { (byte: UInt8, after: Bool, before: Bool) in
      GlyphRepair.texLigature(byte, afterLetter: after, beforeLetter: before).map { "\($0)" }
    }
    #expect(ligature(0x0E, true, true) == "ffi")
    #expect(ligature(0x1C, false, true) == "fi")
    #expect(ligature(0x0F, false, false) == nil)
    #expect(ligature(0x01, true, true) == nil)
  }
}
