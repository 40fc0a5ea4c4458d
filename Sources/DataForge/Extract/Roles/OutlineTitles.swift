/// The outline's titles, to know headings by. Case, white space, numbers and punctuation do not count.
struct OutlineTitles {
  private var levels: [UInt64: Int] = [:]

  init(_ outline: [OutlineEntry]) {
    for entry in outline {
      guard let key = Self.key(Array(entry.title.utf8)[...]) else { continue }
      levels[key] = min(levels[key] ?? entry.level, entry.level)
    }
  }

  var isEmpty: Bool { levels.isEmpty }

  func contains(_ text: ArraySlice<UInt8>) -> Bool { level(of: text) != nil }

  /// The level of the entry with this title.
  func level(of text: ArraySlice<UInt8>) -> Int? {
    guard !levels.isEmpty, text.count <= 300, let key = Self.key(text) else { return nil }
    return levels[key]
  }

  /// A hash of the title's letters; `nil` where there are none. A leading number is passed over, because many outlines
  /// leave it out.
  static func key(_ text: ArraySlice<UInt8>) -> UInt64? {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var letters = 0
    for byte in text {
      let isLetter = LineLabel.isLetter(byte) || byte >= 0x80
      guard isLetter || (letters > 0 && LineLabel.isDigit(byte)) else { continue }
      hash = (hash ^ UInt64(isLetter && byte < 0x80 ? byte | 0x20 : byte)) &* 0x100_0000_01b3
      letters += 1
    }
    return letters >= 2 ? hash : nil
  }
}
