/// The parts that the known patterns share, over a text up to where it ends.
///
/// Each function returns where its match ends, or -1 where there is none.
struct PatternScan {
  typealias Kinds = ScalarTable.Kinds

  let text: UnsafePointer<UInt8>
  let end: Int
  private let table = ScalarTable.shared
  private let low: UnsafeMutablePointer<UInt8>

  init(text: UnsafePointer<UInt8>, end: Int) {
    self.text = text
    self.end = end
    low = table.kindsBelowLimit
  }

  /// What the scalar at a place is, and how many bytes it takes; nothing at the end.
  @inline(__always)
  func kinds(_ place: Int) -> (kinds: UInt8, length: Int) {
    guard place < end else { return (0, 0) }
    let first = text[place]
    if first < 0x80 { return (low[Int(first)], 1) }
    let (value, length) = ByteString.scalar(text, place)
    return (table.kinds(value), length)
  }

  /// The end of the run of scalars that are one of some kinds.
  @inline(__always)
  func run(_ place: Int, _ wanted: UInt8) -> Int {
    var place = place
    while place < end {
      let (kinds, length) = kinds(place)
      guard kinds & wanted != 0 else { break }
      place += length
    }
    return place
  }

  /// The end of the run of scalars that are none of some kinds.
  @inline(__always)
  func run(_ place: Int, without unwanted: UInt8) -> Int {
    var place = place
    while place < end {
      let (kinds, length) = kinds(place)
      guard kinds & unwanted == 0 else { break }
      place += length
    }
    return place
  }

  @inline(__always)
  static func isLineBreak(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  /// `[\r\n]*`, with `/` too where the pattern has it.
  @inline(__always)
  func lineBreaks(_ place: Int, andSlashes: Bool = false) -> Int {
    var place = place
    while place < end, Self.isLineBreak(text[place]) || andSlashes && text[place] == UInt8(ascii: "/") { place += 1 }
    return place
  }

  /// `\p{N}{1,most}`, from a number on.
  @inline(__always)
  func digits(_ place: Int, _ most: Int) -> Int {
    var place = place
    for _ in 0..<most {
      let (kinds, length) = kinds(place)
      guard kinds & Kinds.number != 0 else { break }
      place += length
    }
    return place
  }

  /// `\s*[\r\n]+|\s+(?!\S)|\s+`, or the last two of them.
  func blanks(_ place: Int, endAtLineBreak: Bool) -> Int {
    var at = place
    var last = place
    var afterLineBreak = -1
    while at < end {
      let (kinds, length) = kinds(at)
      guard kinds & Kinds.space != 0 else { break }
      last = at
      if Self.isLineBreak(text[at]) { afterLineBreak = at + 1 }
      at += length
    }
    guard at > place else { return -1 }
    if endAtLineBreak, afterLineBreak >= 0 { return afterLineBreak }
    // The last blank goes to what follows, unless it is the only one.
    return at == end || last == place ? at : last
  }

  /// `'s|'t|'re|'ve|'m|'ll|'d`.
  ///
  /// - Parameter ignoringCase: with `ſ` taken for `s`, as case folding has it.
  @inline(__always)
  func contraction(_ place: Int, ignoringCase: Bool) -> Int {
    guard place + 1 < end, text[place] == UInt8(ascii: "'") else { return -1 }
    let fold: UInt8 = ignoringCase ? 0x20 : 0
    switch text[place + 1] | fold {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return place + 2
    case UInt8(ascii: "r"), UInt8(ascii: "v"):
      return place + 2 < end && text[place + 2] | fold == UInt8(ascii: "e") ? place + 3 : -1
    case UInt8(ascii: "l"):
      return place + 2 < end && text[place + 2] | fold == UInt8(ascii: "l") ? place + 3 : -1
    case 0xC5 | fold:
      return ignoringCase && text[place + 1] == 0xC5 && text[place + 2] == 0xBF ? place + 3 : -1
    default: return -1
    }
  }
}
