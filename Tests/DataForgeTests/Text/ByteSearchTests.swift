import Testing

@testable import DataForge

@Suite struct ByteSearchTests {
  private func places(of needle: String, in text: String) -> [Int] {
    var places: [Int] = []
    let _: Bool? = ByteSearch(needle.utf8).first(in: Array(text.utf8)) { range in
      places.append(range.lowerBound)
      return nil
    }
    return places
  }

  @Test func everyPlaceIsFoundAlsoOverlappingOnes() {
    #expect(places(of: "aba", in: "ababa aba") == [0, 2, 6])
    #expect(places(of: "aa", in: "aaaa") == [0, 1, 2])
  }

  @Test func whatIsNotThereIsNotFound() {
    #expect(places(of: "valve", in: "vavalv valv") == [])
    #expect(places(of: "", in: "text") == [])
    #expect(places(of: "longer than it", in: "text") == [])
  }

  @Test func itAgreesWithTryingEveryPlace() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in Bool.random() ? "a" : "b" }.joined()
      let needle = (0..<Int.random(in: 1...6, using: &random)).map { _ in Bool.random() ? "a" : "b" }.joined()
      let bytes = Array(text.utf8)
      let expected = bytes.indices.filter { bytes[$0...].starts(with: needle.utf8) }
      #expect(places(of: needle, in: text) == expected, "\(needle) in \(text)")
    }
  }
}
