/// What marks a page whose text was read from its picture.
public struct PageOCR: Codable, Hashable, Sendable {
  /// A word as OCR found it, before layout and repair.
  ///
  /// In JSON it is `[text, confidence, x0, y0, x1, y1]`.
  public struct Word: Hashable, Sendable {
    public var text: String
    /// From 0 to 1.
    public var confidence: Double
    public var box: Box

    public init(text: String, confidence: Double, box: Box) {
      self.text = text
      self.confidence = confidence
      self.box = box
    }
  }

  /// The mean over the page's letters, from 0 to 1.
  public var confidence: Double
  /// In the order in which they were found.
  public var words: [Word]

  public init(confidence: Double, words: [Word]) {
    self.confidence = (confidence * 1_000).rounded() / 1_000
    self.words = words
  }
}

extension PageOCR.Word: Codable {
  public init(from decoder: any Decoder) throws {
    var values = try decoder.unkeyedContainer()
    text = try values.decode(String.self)
    confidence = try values.decode(Double.self)
    box = Box(
      x0: try values.decode(Double.self), y0: try values.decode(Double.self), x1: try values.decode(Double.self),
      y1: try values.decode(Double.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.unkeyedContainer()
    try values.encode(text)
    for value in [confidence, box.x0, box.y0, box.x1, box.y1] { try values.encode((value * 100).rounded() / 100) }
  }
}
