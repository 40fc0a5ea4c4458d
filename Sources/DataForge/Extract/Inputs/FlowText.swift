/// The text of a block while it is gathered: white space folded, characters mended as those of a PDF are, NFC.
struct FlowText {
  private(set) var bytes: [UInt8] = []
  private var isSpacePending = false
  /// From here on the bytes may still need composing.
  private var settled = 0
  private var composes = false

  var isEmpty: Bool { bytes.isEmpty }

  /// Adds running text: any white space counts as one space, none begins a line.
  mutating func append(_ text: some StringProtocol) {
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if value < 0x80 {
        if value > 0x20 && value != 0x7F {
          begin()
          bytes.append(UInt8(value))
        } else if value == 0x20 || (0x09...0x0D).contains(value) {
          isSpacePending = true
        }
        continue
      }
      switch GlyphRepair.action(for: value) {
      case .drop, .softHyphen, .privateUse, .garbage: continue
      case .space: isSpacePending = true
      case .replace(let replacement):
        begin()
        replacement.withUTF8Buffer { bytes.append(contentsOf: $0) }
      case .write(let meant):
        begin()
        bytes.append(contentsOf: UTF8.encode(meant).unsafelyUnwrapped)
      case .keep, .mark, .unknown:
        begin()
        if GlyphRepair.mayCompose(value) { composes = true }
        bytes.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
      }
    }
  }

  /// Adds text whose spaces and line ends matter; only control characters are left out.
  mutating func appendVerbatim(_ text: some StringProtocol) {
    begin()
    for scalar in text.unicodeScalars {
      let value = scalar.value
      guard value >= 0x20 || value == 0x0A || value == 0x09, value != 0x7F, !(0x80...0x9F).contains(value) else {
        continue
      }
      if GlyphRepair.mayCompose(value) { composes = true }
      bytes.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
    }
  }

  /// A space before what follows, unless nothing follows.
  mutating func appendSpace() { isSpacePending = true }

  private mutating func begin() {
    if isSpacePending, let last = bytes.last, last != 0x0A { bytes.append(0x20) }
    isSpacePending = false
  }

  /// Composes what was gathered, so that offsets up to here stay valid.
  mutating func settle() {
    if composes, settled < bytes.count {
      bytes.replaceSubrange(settled..., with: GlyphRepair.composed(bytes[settled...]))
    }
    composes = false
    settled = bytes.count
  }

  /// Replaces what was added since `offset`.
  mutating func replace(from offset: Int, with text: String) {
    guard offset <= bytes.count else { return }
    bytes.removeSubrange(offset...)
    settled = min(settled, offset)
    bytes.append(contentsOf: text.utf8)
  }
}
