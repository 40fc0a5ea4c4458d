/// Reads the rows of a file that is one JSON array, element by element, in memory that grows only to the longest one.
///
/// An element that is no JSON, or too long, is a value, and reading goes on behind it: at the next comma or, where a quote
/// is missing, at the next line that begins as the element's could. A file that ends before its array does says so in
/// one more row.
struct ArrayRows {
  private enum Position {
    /// Where the array has yet to open.
    case outside
    /// Where an element or the closing bracket comes.
    case atElement(afterComma: Bool)
    /// Behind the closing bracket.
    case behind
    case ended
  }

  private let maximumBytes: Int
  private var position = Position.outside
  private var place = TextPlace()
  private var rows = 0

  init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

  /// The next element; `nil` at the end.
  /// - Throws: `FileError` where reading fails.
  mutating func next(_ input: inout RowInput, _ parser: inout JSONParser) throws(FileError) -> JSONLine? {
    while true {
      if case .ended = position { return nil }
      let byte = try firstByte(&input)
      switch position {
      case .outside:
        pass(1, &input)
        position = .atElement(afterComma: false)
      case .atElement(let afterComma):
        switch byte {
        case nil:
          position = .ended
          return failure(.arrayNotClosed)
        case UInt8(ascii: "]")?:
          position = .behind
          let isWrong = afterComma ? failure(.trailingComma) : nil
          pass(1, &input)
          if let isWrong { return isWrong }
        default: return try element(&input, &parser)
        }
      case .behind:
        position = .ended
        return byte == nil ? nil : failure(.trailing)
      case .ended: return nil
      }
    }
  }

  // MARK: Elements

  private mutating func element(
    _ input: inout RowInput, _ parser: inout JSONParser
  ) throws(FileError) -> JSONLine {
    let column = place.offsetInLine
    var scanner = ElementScanner()
    var scanned = 0
    while true {
      if let (length, end) = scanner.end(in: input.buffer.bytes(input.buffer.count), from: scanned) {
        let line = length > maximumBytes ? failure(.rowTooLong(maximumBytes)) : parsed(length, &input, &parser)
        try goOn(behind: length, end, column, &input)
        return line
      }
      scanned = input.buffer.count
      if scanned > maximumBytes {
        let line = failure(.rowTooLong(maximumBytes))
        try skip(&scanner, column, &input)
        return line
      }
      if input.ended { return cutShort(&input, &parser) }
      try input.fill(after: rows)
    }
  }

  private mutating func parsed(_ length: Int, _ input: inout RowInput, _ parser: inout JSONParser) -> JSONLine {
    let result = parser.parse(input.buffer.bytes(length))
    rows += 1
    guard case .failure(let error) = result else { return line(result) }
    return line(.failure(place.moved(error)))
  }

  /// The element at which the file ends: what is wrong with it, or its value, and then the next row tells.
  private mutating func cutShort(_ input: inout RowInput, _ parser: inout JSONParser) -> JSONLine {
    var line = parsed(input.buffer.count, &input, &parser)
    if case .failure(var error) = line.value {
      position = .ended
      error.message += "; \(JSONFailure.Reason.arrayNotClosed.message)"
      line.value = .failure(error)
    }
    pass(input.buffer.count, &input)
    return line
  }

  /// Passes what is left of an element of which only the first bytes are here.
  private mutating func skip(
    _ scanner: inout ElementScanner, _ column: Int, _ input: inout RowInput
  ) throws(FileError) {
    pass(input.buffer.count, &input)
    while !input.ended {
      try input.fill(after: rows)
      if let (length, end) = scanner.end(in: input.buffer.bytes(input.buffer.count), from: 0) {
        return try goOn(behind: length, end, column, &input)
      }
      pass(input.buffer.count, &input)
    }
    position = .atElement(afterComma: false)
  }

  private mutating func goOn(
    behind length: Int, _ end: ElementScanner.End, _ column: Int, _ input: inout RowInput
  ) throws(FileError) {
    pass(length, &input)
    switch end {
    case .comma:
      pass(1, &input)
      position = .atElement(afterComma: true)
    case .bracket: position = .atElement(afterComma: false)
    case .brokenString:
      position = .atElement(afterComma: false)
      try resume(column, &input)
    }
  }

  /// Passes lines up to one on which an object or the end of the array begins, no further in than the broken element did:
  /// nobody writes the inner parts of an element there.
  private mutating func resume(_ column: Int, _ input: inout RowInput) throws(FileError) {
    while let byte = try firstByte(&input) {
      if place.offsetInLine <= column, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "]") { return }
      try passLine(&input)
    }
  }

  // MARK: Bytes

  /// The next byte that is no white space, which is passed; `nil` at the end.
  private mutating func firstByte(_ input: inout RowInput) throws(FileError) -> UInt8? {
    while true {
      let bytes = input.buffer.bytes(input.buffer.count)
      if let found = bytes.firstIndex(where: { !Self.space.contains($0) }) {
        let byte = bytes[found]
        pass(found, &input)
        return byte
      }
      pass(bytes.count, &input)
      if input.ended { return nil }
      try input.fill(after: rows)
    }
  }

  private static let space: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]

  private mutating func passLine(_ input: inout RowInput) throws(FileError) {
    while true {
      if let length = input.buffer.distance(to: UInt8(ascii: "\n"), from: 0) { return pass(length + 1, &input) }
      pass(input.buffer.count, &input)
      if input.ended { return }
      try input.fill(after: rows)
    }
  }

  private mutating func pass(_ length: Int, _ input: inout RowInput) {
    place.pass(input.buffer.bytes(length))
    input.buffer.drop(length)
  }

  // MARK: Rows

  /// A row that stands where reading has come to.
  private func line(_ value: Result<JSONValue, JSONParseError>) -> JSONLine {
    JSONLine(place: RowPlace(.row, rows), value: value, byteOffset: place.offset)
  }

  private mutating func failure(_ reason: JSONFailure.Reason) -> JSONLine {
    rows += 1
    let error = JSONParseError(
      message: reason.message, line: place.line, column: place.column, byteOffset: place.offset)
    return line(.failure(error))
  }
}
