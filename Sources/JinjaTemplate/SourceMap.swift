/// Tells lines and columns of a template's text.
struct SourceMap: Sendable {
  /// The text with every line break as `\n`, which is what offsets count in.
  private let source: [UInt8]
  /// Where each line begins.
  private let starts: [Int]

  init(_ source: [UInt8]) {
    self.source = source
    var starts = [0]
    for (place, byte) in source.enumerated() where byte == UInt8(ascii: "\n") { starts.append(place + 1) }
    self.starts = starts
  }

  /// The line of an offset, from 1.
  func line(of place: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= place { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The column of an offset in its line, in code points, from 1.
  func column(of place: Int) -> Int {
    let start = starts[line(of: place) - 1]
    var column = 1
    for byte in source[start..<max(start, min(place, source.count))] where byte & 0xC0 != 0x80 { column += 1 }
    return column
  }

  func error(_ kind: JinjaError.Kind, _ message: String, at place: Int, in template: String) -> JinjaError {
    JinjaError(
      kind: kind, message: message, template: template, line: line(of: place), column: column(of: place))
  }
}
