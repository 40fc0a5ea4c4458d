extension TreeEncoder {
  func number(_ value: Double, _ step: @autoclosure () -> CodingPlace.Step) throws -> JSONValue {
    guard value.isFinite else { throw invalid(value, step(), "JSON has no number for \(value)") }
    return .double(value)
  }

  /// A `Float` is written with its own few digits, not with those of the double next to it.
  func number(_ value: Float, _ step: @autoclosure () -> CodingPlace.Step) throws -> JSONValue {
    guard value.isFinite else { throw invalid(value, step(), "JSON has no number for \(value)") }
    return .double(Double(value.description) ?? Double(value))
  }

  @inline(__always)
  static func integer(_ value: some FixedWidthInteger) -> JSONValue {
    if let small = Int(exactly: value) { .integer(small) } else { .bigInteger(String(value)) }
  }
}
