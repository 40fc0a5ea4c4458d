import Testing

@testable import DataForge

@Suite struct LetterspacedTextTests {
  /// Reads text as if each of its spaces were as wide as said, in points; the font is of 12.
  private func repaired(_ text: String, gap: Float = 6, wordGap: Float = 16) -> String {
    // A run of spaces stands for a wide gap.
    var gaps: [Float] = []
    var plain = ""
    var spaces = 0
    for letter in text {
      if letter == " " {
        spaces += 1
        continue
      }
      if spaces > 0 {
        gaps.append(spaces > 1 ? wordGap : gap)
        plain += " "
      }
      spaces = 0
      plain.append(letter)
    }
    let result = LetterspacedText.repaired(Array(plain.utf8)[...], gaps: gaps, size: 12)
    return result.map { String(decoding: $0, as: UTF8.self) } ?? plain
  }

  @Test func aWordComesTogether() {
    #expect(repaired("I N T R O D U C T I O N") == "INTRODUCTION")
    #expect(repaired("E I N F Ü H R U N G") == "EINFÜHRUNG")
    #expect(repaired("i n t r o d u c t i o n") == "introduction")
  }

  @Test func wideGapsPartWords() {
    #expect(repaired("R E S U L T S  A N D  M E T H O D S") == "RESULTS AND METHODS")
    #expect(repaired("2  R E S U L T S") == "2 RESULTS")
  }

  @Test func lettersThatKernBelongToTheWord() {
    #expect(repaired("W AV E L E N G T H S") == "WAVELENGTHS")
    #expect(repaired("i n t ro d u c t i o n") == "introduction")
    #expect(repaired("E XC AVAT I O N  AT  W E X - C O MBE") == "EXCAVATION AT WEX-COMBE")
  }

  @Test func namesOfColumnsAndVariablesStayApart() {
    for text in [
      "A B C D E F", "a b c d e f g h", "N x N x N", "x y z u v w", "A B A B A B", "T T T F F F", "1 2 3 4 5 6",
      "I V X",
      "b a d g e a", "Q W R T P S D",
    ] {
      #expect(repaired(text) == text)
    }
  }

  @Test func proseIsLeftAlone() {
    #expect(repaired("I am a man of few words") == "I am a man of few words")
    #expect(repaired("I AM A MAN OF THE SEA") == "I AM A MAN OF THE SEA")
    #expect(repaired("SEE A B C OR D E F") == "SEE A B C OR D E F")
  }
}
