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
}
