/// A stretch of a block's text that is set in one font and size.
///
/// In JSON: `{"start": 0, "end": 5, "font": "CMBX12", "size": 14.3, "bold": true}`; what is false is left out.
public struct Span: Hashable, Sendable {
  /// UTF-8 offsets into the block's text.
  public var range: Range<Int>
  /// The font's name, without the mark of a subset; `nil` where the file gives none.
  public var font: String?
  /// In points.
  public var size: Double
  public var isBold: Bool
  public var isItalic: Bool
  /// Its letters all have one width.
  public var isMonospace: Bool
  /// Smaller than its line and above it: a footnote's mark, an exponent.
  public var isRaised: Bool

  public init(
    range: Range<Int>, font: String?, size: Double, isBold: Bool = false, isItalic: Bool = false,
    isMonospace: Bool = false, isRaised: Bool = false
  ) {
    self.range = range
    self.font = font
    self.size = size
    self.isBold = isBold
    self.isItalic = isItalic
    self.isMonospace = isMonospace
    self.isRaised = isRaised
  }

  /// Whether two spans look the same, wherever they stand.
  func looks(like other: Span) -> Bool {
    font == other.font && size == other.size && isBold == other.isBold && isItalic == other.isItalic
      && isMonospace == other.isMonospace && isRaised == other.isRaised
  }
}

extension Span: Codable {
  private enum CodingKeys: String, CodingKey {
    case start, end, font, size, bold, italic, monospace, raised
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let start = try values.decode(Int.self, forKey: .start)
    let end = try values.decode(Int.self, forKey: .end)
    guard start <= end else {
      throw DecodingError.dataCorruptedError(
        forKey: .end, in: values, debugDescription: "a span that ends before it starts")
    }
    func flag(_ key: CodingKeys) throws -> Bool { try values.decodeIfPresent(Bool.self, forKey: key) ?? false }
    self.init(
      range: start..<end, font: try values.decodeIfPresent(String.self, forKey: .font),
      size: try values.decode(Double.self, forKey: .size), isBold: try flag(.bold), isItalic: try flag(.italic),
      isMonospace: try flag(.monospace), isRaised: try flag(.raised))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(range.lowerBound, forKey: .start)
    try values.encode(range.upperBound, forKey: .end)
    try values.encodeIfPresent(font, forKey: .font)
    try values.encode(size, forKey: .size)
    for (key, flag) in [
      (CodingKeys.bold, isBold), (.italic, isItalic), (.monospace, isMonospace), (.raised, isRaised),
    ] where flag {
      try values.encode(true, forKey: key)
    }
  }
}
