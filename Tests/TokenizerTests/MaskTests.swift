import Testing
import Tokenizer

struct MaskTests {
  private func mask(_ offsets: [Range<Int>], _ parts: [Range<Int>]) -> String {
    let encoding = Tokenizer.Encoding(ids: offsets.map { _ in 0 }, offsets: offsets)
    return encoding.mask(of: parts).map { $0 ? "1" : "0" }.joined()
  }

  @Test("A part marks every token that it touches")
  func touches() {
    #expect(mask([0..<2, 2..<4, 4..<6, 6..<8], [3..<5]) == "0110")
    #expect(mask([0..<2, 2..<4, 4..<6, 6..<8], [2..<4, 6..<8]) == "0101")
    #expect(mask([0..<2, 2..<4, 4..<6, 6..<8], [2..<6, 3..<5]) == "0110")
  }

  @Test("Of tokens that share a code point only the first ends a part")
  func sharedCodePoint() {
    #expect(mask([0..<1, 1..<2, 1..<2, 2..<3], [0..<2]) == "1100")
    #expect(mask([0..<1, 1..<2, 1..<2, 2..<3], [1..<3]) == "0111")
  }

  @Test("A part that ends in the first token, or in none, goes on to the end, as in transformers")
  func openEnd() {
    #expect(mask([0..<2, 2..<4, 4..<6], [0..<2]) == "111")
    #expect(mask([0..<2, 2..<4, 5..<6], [2..<5]) == "011")
  }

  @Test("A part that no token starts in ends the search, as in transformers")
  func openStart() {
    #expect(mask([0..<2, 2..<4, 5..<6], [4..<6, 2..<4]) == "000")
    #expect(mask([], [0..<3]) == "")
  }

  @Test("Special tokens around the text stand for no code point")
  func around() {
    #expect(mask([0..<0, 0..<2, 2..<4, 0..<0], [0..<2]) == "0100")
    let encoding = Tokenizer.Encoding(ids: [7, 8, 9], offsets: [0..<0, 0..<2, 2..<4])
    #expect(encoding.token(at: 0) == 1)
    #expect(encoding.token(at: 3) == 2)
    #expect(encoding.token(at: 4) == nil)
  }

  @Test("The first token of a code point is found where tokens overlap and go back")
  func overlaps() {
    let offsets = [4..<9, 0..<3, 2..<6, 1..<9, 9..<10]
    let encoding = Tokenizer.Encoding(ids: [0, 1, 2, 3, 4], offsets: offsets)
    for start in 0..<10 {
      for end in (start + 1)..<11 {
        let first = encoding.token(at: start)
        let last = encoding.token(at: end - 1) ?? 0
        let range = first.map { $0..<max($0, last > 0 ? last + 1 : 5) } ?? 0..<0
        #expect(encoding.mask(of: [start..<end]) == (0..<5).map(range.contains), "\(start)..<\(end)")
      }
    }
  }
}
