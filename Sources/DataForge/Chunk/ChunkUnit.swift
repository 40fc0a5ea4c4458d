/// A part of a block that a chunk takes whole.
struct ChunkUnit {
  /// Where the block stands among the document's body blocks.
  var block: Int
  /// UTF-8 offsets into the block's text.
  var range: Range<Int>
  var tokens: Int
  /// Whether it wants to stand in one chunk with what follows: a heading, a sentence that announces a list, a caption.
  var leads: Bool
  var isHeading: Bool
  /// The header of the table that it goes on with, as UTF-8 offsets into the block's text; its tokens are counted.
  var header: Range<Int>?

  /// What the header that it repeats takes.
  func headerTokens(_ header: (range: Range<Int>, tokens: Int)?) -> Int { self.header == nil ? 0 : header?.tokens ?? 0 }
}
