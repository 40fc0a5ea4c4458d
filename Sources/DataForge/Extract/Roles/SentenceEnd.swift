/// Whether text ends where a sentence does, by its last characters alone.
enum SentenceEnd {
  static func ends(_ text: ArraySlice<UInt8>) -> Bool {
    var index = text.endIndex
    while index > text.startIndex {
      index -= 1
      switch text[index] {
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"): return true
      // Closing quotes and brackets stand behind the mark; so do the bytes of ” ’ » and of a CJK full stop.
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "\""), UInt8(ascii: "'"): continue
      case 0x80...0xBF where index >= text.startIndex + 2 && text[index - 2] == 0xE2 && text[index - 1] == 0x80:
        index -= 2
      case 0x82 where index >= text.startIndex + 2 && text[index - 2] == 0xE3 && text[index - 1] == 0x80: return true
      default: return false
      }
    }
    return false
  }
}
