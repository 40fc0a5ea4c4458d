/// A part of a text while it is changed, with the origin of each of its bytes.
struct PieceText {
  var bytes: [UInt8] = []
  var origins: [Origin] = []
  /// Where the part starts in the text that was given.
  var shift = 0
  /// How long it may become: a file can ask for replacements that double a text again and again.
  private var mostBytes = Int.max

  /// How long a text of some bytes may become: far more than any tokenizer makes of it.
  static func mostBytes(from count: Int) -> Int { (1 << 16) + count * 64 }

  /// Makes it empty, to take a text.
  mutating func clear(mostBytes: Int) {
    bytes.removeAll(keepingCapacity: true)
    origins.removeAll(keepingCapacity: true)
    self.mostBytes = mostBytes
  }

  /// Replaces the text, as `transform` of the `tokenizers` library does: what each new scalar's origin is depends on
  /// which scalars before it it stands for.
  ///
  /// - Parameter skipped: how many scalars at the start are dropped.
  mutating func transform(_ changes: [ScalarChange], skipping skipped: Int = 0) {
    var newBytes: [UInt8] = []
    var newOrigins: [Origin] = []
    newBytes.reserveCapacity(bytes.count)
    newOrigins.reserveCapacity(bytes.count)
    var place = 0
    for _ in 0..<skipped where place < bytes.count { place += ByteString.length(bytes[place]) }
    for change in changes {
      let origin: Origin
      if change.change > 0 {
        origin = place < 1 ? Origin(start: shift, end: shift) : origins[min(place, origins.count) - 1]
      } else {
        origin = place < origins.count ? origins[place] : origins.last ?? Origin(start: shift, end: shift)
        for _ in 0...(-change.change) where place < bytes.count { place += ByteString.length(bytes[place]) }
      }
      ByteString.append(change.scalar, to: &newBytes)
      for _ in 0..<ByteString.length(of: change.scalar) { newOrigins.append(origin) }
    }
    (bytes, origins) = (newBytes, newOrigins)
  }

  /// Hands over each scalar.
  func forEachScalar(_ body: (UInt32) -> Void) {
    bytes.withUnsafeBufferPointer { buffer in
      guard let text = buffer.baseAddress else { return }
      var place = 0
      while place < buffer.count {
        let (value, length) = ByteString.scalar(text, place)
        body(value)
        place += length
      }
    }
  }

  /// Keeps only the scalars for which a test holds; each keeps its origin.
  mutating func filter(_ keeps: (UInt32) -> Bool) {
    rewrite { value in keeps(value) ? value : nil }
  }

  /// Replaces each scalar by another, or drops it.
  mutating func rewrite(_ body: (UInt32) -> UInt32?) {
    var newBytes: [UInt8] = []
    var newOrigins: [Origin] = []
    newBytes.reserveCapacity(bytes.count)
    newOrigins.reserveCapacity(bytes.count)
    var place = 0
    forEachScalar { value in
      let origin = origins[place]
      place += ByteString.length(of: value)
      guard let new = body(value) else { return }
      ByteString.append(new, to: &newBytes)
      for _ in 0..<ByteString.length(of: new) { newOrigins.append(origin) }
    }
    (bytes, origins) = (newBytes, newOrigins)
  }

  /// Puts bytes before the text, with the origin of its first scalar; does nothing where there is none.
  mutating func prepend(_ prefix: [UInt8]) {
    guard let origin = origins.first else { return }
    bytes.insert(contentsOf: prefix, at: 0)
    origins.insert(contentsOf: repeatElement(origin, count: prefix.count), at: 0)
  }

  /// Replaces each match of a pattern; the new bytes have the origin of the last byte that they replace.
  ///
  /// Does nothing where the text would become longer than it may.
  mutating func replace(_ pattern: SplitPattern, with content: [UInt8]) {
    var matches: [Range<Int>] = []
    bytes.withUnsafeBufferPointer { buffer in
      guard let text = buffer.baseAddress, !buffer.isEmpty else { return }
      pattern.forEachMatch(in: text, 0, buffer.count) { matches.append($0..<$1) }
    }
    let (added, overflows) = matches.count.multipliedReportingOverflow(by: content.count)
    guard !matches.isEmpty, !overflows, bytes.count + added <= mostBytes else { return }
    var newBytes: [UInt8] = []
    var newOrigins: [Origin] = []
    let count = bytes.count + added
    newBytes.reserveCapacity(count)
    newOrigins.reserveCapacity(count)
    var place = 0
    for match in matches {
      newBytes += bytes[place..<match.lowerBound]
      newOrigins += origins[place..<match.lowerBound]
      let origin = match.upperBound < 1 ? Origin(start: shift, end: shift) : origins[match.upperBound - 1]
      newBytes += content
      newOrigins += repeatElement(origin, count: content.count)
      place = match.upperBound
    }
    newBytes += bytes[place...]
    newOrigins += origins[place...]
    (bytes, origins) = (newBytes, newOrigins)
  }
}
