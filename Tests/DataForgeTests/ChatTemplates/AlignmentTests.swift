import Testing

@testable import DataForge

/// What a row says is paired with what its text says.
struct AlignmentTests {
  @Test func `what is missing in the middle is the only one unpaired`() {
    #expect(Alignment.pairs([1, 2, 3, 4], [1, 2, 4], ==) == [0, 1, nil, 2])
    #expect(Alignment.pairs([1, 2], [1, 9, 2], ==) == [0, 2])
    #expect(Alignment.pairs([Int](), [1], ==).isEmpty)
  }

  @Test func `elements that stand twice are paired once`() {
    #expect(Alignment.pairs([1, 1, 1], [1, 1], ==).compactMap(\.self) == [0, 1])
  }

  /// All pairs of so many turns would be 400 million cells.
  @Test func `a conversation of twenty thousand turns with both ends torn is paired step by step`() {
    let rows = Array(0..<20_000)
    let parsed = [-1] + rows.filter { $0 % 100 != 50 } + [-2]
    let pairs = Alignment.pairs(rows, parsed, ==)
    #expect(pairs.indices.filter { pairs[$0] == nil } == rows.filter { $0 % 100 == 50 })
  }
}
