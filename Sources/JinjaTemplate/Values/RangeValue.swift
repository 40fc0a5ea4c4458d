/// Python's `range`.
final class RangeValue: Sendable {
  let start: Int
  let stop: Int
  let step: Int
  let count: Int

  init(start: Int, stop: Int, step: Int) {
    self.start = start
    self.stop = stop
    self.step = step
    let (distance, overflow) =
      step > 0 ? stop.subtractingReportingOverflow(start) : start.subtractingReportingOverflow(stop)
    if overflow {
      count = (step > 0) == (stop > start) ? Int.max : 0
    } else {
      count = distance <= 0 ? 0 : (distance - 1) / Int(clamping: step.magnitude) + 1
    }
  }

  subscript(index: Int) -> Int { start &+ index &* step }

  /// Where a number stands in the range.
  func position(of number: Int) -> Int? {
    let (distance, overflow) = number.subtractingReportingOverflow(start)
    guard !overflow, distance % step == 0 else { return nil }
    let position = distance / step
    return position >= 0 && position < count ? position : nil
  }

  var representation: String { step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))" }
}
