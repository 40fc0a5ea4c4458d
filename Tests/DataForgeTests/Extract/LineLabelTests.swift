import Testing

@testable import DataForge

@Suite struct LineLabelTests {
  private func label(_ text: String) -> LineLabel? { LineLabel(Array(text.utf8)[...]) }

  @Test func bulletsAreKnown() {
    #expect(label("• text") == .bullet(length: 4))
    #expect(label("- text") == .bullet(length: 2))
    #expect(label("-text") == nil)
    #expect(label("—") == .bullet(length: 3))
  }

  @Test func itemsAreNumbersAndLettersWithAMark() {
    #expect(label("1. text") == .item(length: 3))
    #expect(label("(a) text") == .item(length: 4))
    #expect(label("iv) text") == .item(length: 4))
    #expect(label("12) text") == .item(length: 4))
    #expect(label("text) more") == nil)
    #expect(label("2024. It was") == nil)
  }

  @Test func sectionsHaveADepth() {
    #expect(label("2.3.1 Details") == .section(length: 6, depth: 3))
    #expect(label("4 Results") == .section(length: 2, depth: 1))
    #expect(label("A.2 Proofs") == .section(length: 4, depth: 2))
    #expect(label("Chapter 4") == .section(length: 8, depth: 1))
    #expect(label("4 results were") == nil)
  }

  @Test func captionsAreNoSentences() {
    #expect(label("Figure 3: A tree") == .caption)
    #expect(label("Table 2.1. Fruit") == .caption)
    #expect(label("Fig. 4 The tree") == .caption)
    #expect(label("Figure 3 shows a tree") == nil)
    #expect(label("Table of contents") == nil)
  }

  @Test func shortAndStrangeLinesDoNoHarm() {
    for text in ["", "1", "1.", "(", "()", "A", ".", "1.2.3.4.5.6.7.8.9", "•", "é", "Figure", "Figure ", "Chapter "] {
      _ = label(text)
    }
  }
}
