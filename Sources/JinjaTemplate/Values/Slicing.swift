import OrderedJSON

/// Python's slices.
enum Slicing {
  static func slice(
    _ value: Value, _ start: Value?, _ stop: Value?, _ step: Value?, _ machine: inout Machine
  ) throws(Failure) -> Value {
    if case .undefined(let undefined) = value { throw undefined.failure }
    switch value {
    case .string(let text), .markup(let text):
      let sliced = try Self.text(text, start, stop, step, &machine)
      return value.isMarkup ? .markup(sliced) : .string(sliced)
    case .jsonArray(let array):
      let bounds = try Bounds(start, stop, step, count: array.count)
      try machine.build(elements: bounds.count)
      if bounds.step == 1 { return .jsonArray(Array(array[bounds.start..<(bounds.start + bounds.count)])) }
      return .jsonArray((0..<bounds.count).map { array[bounds[$0]] })
    case .list(let list), .tuple(let list):
      let bounds = try Bounds(start, stop, step, count: list.elements.count)
      try machine.build(elements: bounds.count)
      let elements = ContiguousArray((0..<bounds.count).map { list.elements[bounds[$0]] })
      if case .tuple = value { return try .tuple(elements) }
      return try .list(elements)
    case .range(let range):
      let bounds = try Bounds(start, stop, step, count: range.count)
      let first = range.start + bounds.start * range.step
      return .range(
        RangeValue(start: first, stop: first + bounds.count * range.step * bounds.step, step: range.step * bounds.step))
    case .dict, .jsonObject: throw Failure(.type, "unhashable type: 'slice'")
    default: throw Failure(.type, "'\(value.typeName)' object is not subscriptable")
    }
  }

  private static func text(
    _ text: String, _ start: Value?, _ stop: Value?, _ step: Value?, _ machine: inout Machine
  ) throws(Failure) -> String {
    let bounds = try Bounds(start, stop, step, count: text.codePointCount)
    try machine.build(bytes: min(text.utf8.count, bounds.count * 4))
    if bounds.step == 1 { return text.codePoints(bounds.start, bounds.start + bounds.count) }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for index in 0..<bounds.count { result.append(scalars[bounds[index]]) }
    return String(result)
  }

  /// Which positions a slice takes.
  struct Bounds {
    let start: Int
    let step: Int
    let count: Int

    init(_ start: Value?, _ stop: Value?, _ step: Value?, count length: Int) throws(Failure) {
      let stepValue = try Self.bound(step) ?? 1
      guard stepValue != 0 else { throw Failure(.value, "slice step cannot be zero") }
      let isForward = stepValue > 0
      func clamped(_ bound: Int?, _ fallback: Int) -> Int {
        guard let bound else { return fallback }
        let place = bound < 0 ? bound.addingReportingOverflow(length).partialValue : bound
        if isForward { return min(max(place, 0), length) }
        return min(max(place, -1), length - 1)
      }
      let first = clamped(try Self.bound(start), isForward ? 0 : length - 1)
      let end = clamped(try Self.bound(stop), isForward ? length : -1)
      self.start = first
      self.step = stepValue
      let distance = isForward ? end - first : first - end
      count = distance <= 0 ? 0 : (distance - 1) / Int(clamping: stepValue.magnitude) + 1
    }

    subscript(index: Int) -> Int { start + index * step }

    private static func bound(_ value: Value?) throws(Failure) -> Int? {
      switch value {
      case nil, .some(.none): return nil
      case .int(let value): return max(value, -Int.max)
      case .bool(let value): return value ? 1 : 0
      case .big(let value): return value.isNegative ? -Int.max : Int.max
      default: throw Failure(.type, "slice indices must be integers or None or have an __index__ method")
      }
    }
  }
}
