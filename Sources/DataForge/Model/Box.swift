/// A rectangle on a page, in PDF points (1/72 inch), with the origin at the top left of the page as it is shown.
///
/// In JSON it is `[x0, y0, x1, y1]`, rounded to hundredths of a point.
public struct Box: Hashable, Sendable {
  public var x0: Double
  public var y0: Double
  public var x1: Double
  public var y1: Double

  public init(x0: Double, y0: Double, x1: Double, y1: Double) {
    self.x0 = x0
    self.y0 = y0
    self.x1 = x1
    self.y1 = y1
  }

  public var width: Double { x1 - x0 }
  public var height: Double { y1 - y0 }

  /// The smallest box that holds both.
  public func union(_ other: Box) -> Box {
    Box(x0: min(x0, other.x0), y0: min(y0, other.y0), x1: max(x1, other.x1), y1: max(y1, other.y1))
  }
}

extension Box: Codable {
  public init(from decoder: any Decoder) throws {
    var values = try decoder.unkeyedContainer()
    x0 = try values.decode(Double.self)
    y0 = try values.decode(Double.self)
    x1 = try values.decode(Double.self)
    y1 = try values.decode(Double.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.unkeyedContainer()
    for value in [x0, y0, x1, y1] { try values.encode((value * 100).rounded() / 100) }
  }
}
