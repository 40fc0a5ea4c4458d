/// Tells a file that is one array of rows from JSON Lines whose rows are arrays, without using up what it looks at.
enum ArrayDetection {
  /// - Parameter limit: how many bytes are looked at. What is decided only later is an array: a line that long is no row.
  /// - Throws: `FileError` where reading fails.
  static func isArray(_ input: inout RowInput, within limit: Int) throws(FileError) -> Bool {
    guard let start = try firstByte(&input, from: 0, limit), input.buffer.bytes(start + 1)[start] == open else {
      return false
    }
    guard let lineEnd = try endOfLine(&input, from: start, limit) else { return true }
    guard let close = closing(input.buffer.bytes(lineEnd), from: start + 1) else { return true }
    // Something behind the array, in its line or below, makes it a line among lines.
    if try firstByte(&input, from: close + 1, limit) != nil { return false }
    return try firstByte(&input, from: start + 1, limit).map { input.buffer.bytes($0 + 1)[$0] } == UInt8(ascii: "{")
  }

  private static let open = UInt8(ascii: "[")

  /// Where the array is closed; `nil` where the line doesn't.
  private static func closing(_ line: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var at = start
    var scanner = ElementScanner()
    while let (place, end) = scanner.end(in: line, from: at) {
      switch end {
      case .bracket: return place
      case .comma: at = place + 1
      case .brokenString: return nil
      }
    }
    return nil
  }

  /// The place of the next byte that is no white space; `nil` where none comes within the limit.
  private static func firstByte(_ input: inout RowInput, from start: Int, _ limit: Int) throws(FileError) -> Int? {
    var at = start
    while true {
      let bytes = input.buffer.bytes(input.buffer.count)
      while at < bytes.count, bytes[at] == 0x20 || (0x09...0x0D).contains(bytes[at]) { at += 1 }
      if at < bytes.count { return at }
      if input.ended || at > limit { return nil }
      try input.fill(after: 0)
    }
  }

  /// Where the line ends, with the file at the latest; `nil` beyond the limit.
  private static func endOfLine(_ input: inout RowInput, from start: Int, _ limit: Int) throws(FileError) -> Int? {
    var searched = start
    while true {
      if let end = input.buffer.distance(to: UInt8(ascii: "\n"), from: searched) { return end > limit ? nil : end }
      searched = input.buffer.count
      if searched > limit { return nil }
      if input.ended { return searched }
      try input.fill(after: 0)
    }
  }
}
