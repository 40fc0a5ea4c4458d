/// Takes the numbers off the lines of program listings.
enum CodeLines {
  /// The rows, where three or more lines of code in a row are numbered without the numbers. Lines that hold nothing
  /// but their number go.
  static func unnumbered(_ rows: [PrintedRow], bytes: [UInt8]) -> [PrintedRow] {
    guard rows.contains(where: { $0.isListing || $0.cells.count > 1 && $0.cells.contains(where: \.isMonospace) }) else {
      return rows
    }
    var result: [PrintedRow] = []
    result.reserveCapacity(rows.count)
    var index = 0
    while index < rows.count {
      let end = endOfNumbers(from: index, in: rows, bytes)
      guard end - index >= 3 else {
        result.append(rows[index])
        index += 1
        continue
      }
      result += rows[index..<end].compactMap { withoutNumber($0, bytes) }
      index = end
    }
    return result
  }

  /// Where the lines end whose numbers rise by one from a row on.
  private static func endOfNumbers(from start: Int, in rows: [PrintedRow], _ bytes: [UInt8]) -> Int {
    guard var last = number(rows[start], bytes) else { return start }
    var code = withoutNumber(rows[start], bytes) == nil ? 0 : 1
    var end = start + 1
    while end < rows.count, let next = number(rows[end], bytes), next == last + 1 {
      if withoutNumber(rows[end], bytes) != nil { code += 1 }
      last = next
      end += 1
    }
    return code * 2 >= end - start ? end : start
  }

  /// The number that a line of code begins with, where the rest of it is code or nothing.
  private static func number(_ row: PrintedRow, _ bytes: [UInt8]) -> Int? {
    let digits = bytes[row.text].prefix(5).prefix { LineLabel.isDigit($0) }
    guard !digits.isEmpty, digits.count < 5 else { return nil }
    let rest = bytes[row.text].dropFirst(digits.count)
    guard rest.isEmpty || rest.first == 0x20 else { return nil }
    let monospace = row.cells.reduce(0) { $0 + $1.monospaceGlyphs }
    guard monospace * 10 >= (row.glyphs - digits.count) * 9 else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func withoutNumber(_ row: PrintedRow, _ bytes: [UInt8]) -> PrintedRow? {
    let digits = bytes[row.text].prefix { LineLabel.isDigit($0) }.count
    let label = bytes[row.text].dropFirst(digits).prefix { $0 == 0x20 }.count + digits
    guard label < row.text.count else { return nil }
    var row = row
    if row.cells.count > 1, row.cells[0].text.count == digits {
      row.cells.removeFirst()
      row.x0 = row.cells[0].x0
    } else {
      row.x0 += row.cells[0].width * Float(label) / Float(max(1, row.cells[0].text.count))
      row.cells[0].x0 = row.x0
      row.cells[0].text = row.cells[0].text.lowerBound + label..<row.cells[0].text.upperBound
    }
    row.text = row.text.lowerBound + label..<row.text.upperBound
    row.glyphs -= digits
    row.isListing = true
    return row
  }
}
