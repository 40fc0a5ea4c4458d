/// A text on its way to tokens: its bytes as normalizers leave them, cut into pieces.
struct WorkingText {
  /// A part of the bytes that is tokenized by itself, or that an added token was found in.
  struct Piece {
    var start: Int
    var end: Int
    /// The added token, or -1.
    var token: Int32
  }

  private(set) var bytes: [UInt8]
  /// Where each byte comes from; empty while the bytes are those that were given.
  private(set) var origins: [Origin] = []
  var pieces: [Piece]

  /// Takes a text as one piece.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    pieces = bytes.isEmpty ? [] : [Piece(start: 0, end: bytes.count, token: -1)]
  }

  /// Whether the bytes are those that were given.
  var isUnchanged: Bool { origins.isEmpty }

  /// Where a byte comes from.
  func origin(of place: Int) -> Origin {
    if !origins.isEmpty { return origins[place] }
    return bytes.withUnsafeBufferPointer { buffer in
      guard let text = buffer.baseAddress else { return Origin(start: 0, end: 0) }
      var start = place
      while ByteString.isContinuation(text[start]) { start -= 1 }
      return Origin(start: start, end: start + ByteString.length(text[start]))
    }
  }

  /// Cuts each piece that is no added token into those that are handed over; empty ones are dropped.
  mutating func split(_ body: (UnsafePointer<UInt8>, Piece, (Int, Int, Int32) -> Void) -> Void) {
    var parts: [Piece] = []
    parts.reserveCapacity(max(pieces.count, bytes.count / 4))
    bytes.withUnsafeBufferPointer { buffer in
      guard let text = buffer.baseAddress else { return }
      for piece in pieces {
        if piece.token >= 0 {
          parts.append(piece)
        } else {
          body(text, piece) { start, end, token in
            if start < end { parts.append(Piece(start: start, end: end, token: token)) }
          }
        }
      }
    }
    pieces = parts
  }

  /// Changes the bytes of each piece that is no added token; pieces that become empty are dropped.
  mutating func rewrite(_ body: (inout PieceText) -> Void) {
    var newBytes: [UInt8] = []
    var newOrigins: [Origin] = []
    newBytes.reserveCapacity(bytes.count + bytes.count / 2)
    newOrigins.reserveCapacity(bytes.count + bytes.count / 2)
    var newPieces: [Piece] = []
    newPieces.reserveCapacity(pieces.count)
    var piece = PieceText()
    for old in pieces {
      load(old, into: &piece)
      if old.token < 0 { body(&piece) }
      let start = newBytes.count
      newBytes += piece.bytes
      newOrigins += piece.origins
      if newBytes.count > start { newPieces.append(Piece(start: start, end: newBytes.count, token: old.token)) }
    }
    (bytes, origins, pieces) = (newBytes, newOrigins, newPieces)
  }

  private func load(_ old: Piece, into piece: inout PieceText) {
    piece.clear(mostBytes: PieceText.mostBytes(from: old.end - old.start))
    piece.bytes += bytes[old.start..<old.end]
    piece.shift = origin(of: old.start).start
    if origins.isEmpty {
      var place = old.start
      while place < old.end {
        let length = ByteString.length(bytes[place])
        for _ in 0..<length { piece.origins.append(Origin(start: place, end: place + length)) }
        place += length
      }
    } else {
      piece.origins += origins[old.start..<old.end]
    }
  }
}
