/// Finds where an element of an array ends, in bytes that come bit by bit: at the comma or closing bracket of its own
/// level.
///
/// It looks only at quotes and brackets; whether the element is JSON is the parser's to tell. A bracket that closes
/// nothing is passed over, and one that closes what stands further out closes what is open within, so that one wrong
/// element seldom spoils the next.
struct ElementScanner {
  /// What ended the element.
  enum End: Hashable {
    case comma
    case bracket
    /// A line feed within a string, which no JSON has: its closing quote is missing.
    case brokenString
  }

  /// The parser refuses what is deeper long before; a hostile file must not fill the memory.
  private static let mostBrackets = 4_096

  /// The open brackets.
  private var open: [UInt8] = []
  /// How many more are open than are kept.
  private var deeper = 0
  private var inString = false
  private var isEscaped = false

  /// Looks at the bytes from a place on.
  /// - Returns: where the element ends, and by what; `nil` where that comes later.
  mutating func end(in bytes: UnsafeRawBufferPointer, from start: Int) -> (place: Int, by: End)? {
    guard let base = bytes.baseAddress else { return nil }
    let text = JSONText(base: base, end: bytes.count)
    var at = start
    while at < text.end {
      if inString {
        guard passString(text, at: &at) else { return (at, .brokenString) }
        continue
      }
      switch text[at] {
      case UInt8(ascii: "\""): inString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): push(text[at])
      case UInt8(ascii: "}"): close(UInt8(ascii: "{"))
      case UInt8(ascii: "]"):
        // Without an array of its own this is the end of the file's, whatever object is left open.
        guard deeper > 0 || open.last == UInt8(ascii: "[") || open.contains(UInt8(ascii: "[")) else {
          return (at, .bracket)
        }
        close(UInt8(ascii: "["))
      case UInt8(ascii: ","):
        if open.isEmpty { return (at, .comma) }
      default: break
      }
      at += 1
    }
    return nil
  }

  /// Passes what is there of a string, with its closing quote; `false` where a line feed stands in it.
  private mutating func passString(_ text: JSONText, at: inout Int) -> Bool {
    while at < text.end {
      if isEscaped {
        isEscaped = false
      } else if at + 8 <= text.end, WordScan.special(text.word(at: at)) == 0 {
        at += 7
      } else {
        switch text[at] {
        case UInt8(ascii: "\""):
          inString = false
          at += 1
          return true
        case UInt8(ascii: "\\"): isEscaped = true
        case UInt8(ascii: "\n"):
          inString = false
          return false
        default: break
        }
      }
      at += 1
    }
    return true
  }

  private mutating func push(_ bracket: UInt8) {
    if open.count < Self.mostBrackets { open.append(bracket) } else { deeper += 1 }
  }

  private mutating func close(_ bracket: UInt8) {
    if deeper > 0 {
      deeper -= 1
    } else if let place = open.lastIndex(of: bracket) {
      open.removeSubrange(place...)
    }
  }
}
