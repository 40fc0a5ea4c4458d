import Testing

@testable import DataForge

@Suite struct SentenceSplitterTests {
  /// Each case is a text with `|` where a sentence must end, and nowhere else.
  static let cases = [
    "One sentence. |Another one! |A third?",
    "Use e.g. apt or dpkg, i.e. the usual tools. |They differ.",
    "See Fig. 3 and Sec. 4.2 for more. |Then read on.",
    "The value is 3.14 or so. |It grows.",
    "Donald E. Knuth wrote it. |J. Smith did not.",
    "It was written in R. |The other is in C.",
    "1. Open the file. |2. Close it.",
    "2.3.1 The kernel loads it. |Then it runs.",
    "He said \"Stop.\" |Then he left.",
    "He asked \"Why?\" and left. |Nobody knew.",
    "Wait... |What happened? |Well ... nothing did.",
    "It works (see man. Also the docs.) as expected. |Good.",
    "An unclosed ( bracket. |Next one.",
    "The U.S. Navy and the U.K. agree. |Dr. Who came at 5 p.m. |The end.",
    "Call Acme Inc. |The office answers. |Ask for Smith et al. and wait.",
    "This installs the package. |dpkg then configures it.",
    "There are apples, pears, etc. |The list goes on.",
    "Is the answer no. |Perhaps No. 5 is better.",
    "これは文です。|次の文です。|「はい。」と言った。",
    "你好。|你是谁？|我不知道！",
    "Ends with ellipsis… |Then more.",
    "Version 2.0 is out. |Get it from example.com today. |Done.",
    "First paragraph without a stop\n\n|Second one.",
    "Line one goes\non here. |Next.",
    "Это предложение. |Вот другое. |Было так.",
    "“Quoted sentence.” |Another.",
  ]

  @Test("a sentence ends where a reader would end it", arguments: cases)
  func ends(_ marked: String) {
    let text = marked.replacing("|", with: "")
    let expected = marked.split(separator: "|").map { part in
      String(part).trimmingCharacters
    }
    let found = SentenceSplitter.sentences(of: text).map { String(text.slice(utf8: $0)) }
    #expect(found == expected)
  }

  @Test("every character that is no white space lies in exactly one sentence")
  func covers() {
    var random = SplitMix(seed: 7)
    let alphabet = Array("aB1 .!?()\"\n,;。」「…’éЖ")
    for _ in 0..<2000 {
      let text = String(
        (0..<Int(random.next() % 60)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
      let ranges = SentenceSplitter.sentences(of: text)
      var last = 0
      for range in ranges {
        #expect(range.lowerBound >= last && !range.isEmpty)
        #expect(isBlank(text.slice(utf8: last..<range.lowerBound)))
        last = range.upperBound
      }
      #expect(isBlank(text.slice(utf8: last..<text.utf8.count)))
    }
  }

  private func isBlank(_ text: Substring) -> Bool { text.allSatisfy(\.isWhitespace) }
}

/// A small seeded generator, so that a failure can be seen again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension String {
  fileprivate var trimmingCharacters: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
