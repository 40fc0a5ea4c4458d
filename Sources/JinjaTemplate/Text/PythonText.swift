/// Python's string methods that cut and search, on UTF-8.
enum PythonText {
  /// `str.split`; without a separator at any run of white space.
  static func split(_ text: String, by separator: String?, limit: Int) -> [String] {
    guard let separator else { return splitAtSpace(text, limit: limit) }
    var parts: [String] = []
    var at = 0
    while limit < 0 || parts.count < limit, let found = text.offset(of: separator, from: at) {
      parts.append(text.bytes(at, found))
      at = found + separator.utf8.count
    }
    parts.append(text.bytes(at, text.utf8.count))
    return parts
  }

  /// `str.rsplit`.
  static func splitFromEnd(_ text: String, by separator: String?, limit: Int) -> [String] {
    if limit < 0 { return split(text, by: separator, limit: -1) }
    guard let separator else { return splitAtSpaceFromEnd(text, limit: limit) }
    var parts: [String] = []
    var end = text.utf8.count
    while parts.count < limit, let found = text.lastOffset(of: separator, before: end) {
      parts.append(text.bytes(found + separator.utf8.count, end))
      end = found
    }
    parts.append(text.bytes(0, end))
    return parts.reversed()
  }

  private static func splitAtSpace(_ text: String, limit: Int) -> [String] {
    let scalars = text.unicodeScalars
    var parts: [String] = []
    var at = scalars.startIndex
    while true {
      while at < scalars.endIndex, scalars[at].isPythonSpace { at = scalars.index(after: at) }
      guard at < scalars.endIndex else { return parts }
      if limit >= 0, parts.count >= limit {
        parts.append(String(scalars[at...]))
        return parts
      }
      let start = at
      while at < scalars.endIndex, !scalars[at].isPythonSpace { at = scalars.index(after: at) }
      parts.append(String(scalars[start..<at]))
    }
  }

  private static func splitAtSpaceFromEnd(_ text: String, limit: Int) -> [String] {
    let scalars = text.unicodeScalars
    var parts: [String] = []
    var end = scalars.endIndex
    while true {
      while end > scalars.startIndex, scalars[scalars.index(before: end)].isPythonSpace {
        end = scalars.index(before: end)
      }
      guard end > scalars.startIndex else { break }
      if parts.count >= limit {
        parts.append(String(scalars[..<end]))
        break
      }
      let stop = end
      while end > scalars.startIndex, !scalars[scalars.index(before: end)].isPythonSpace {
        end = scalars.index(before: end)
      }
      parts.append(String(scalars[end..<stop]))
    }
    return parts.reversed()
  }

  /// `str.splitlines`.
  static func lines(_ text: String, keepingEnds: Bool = false) -> [String] {
    var lines: [String] = []
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var at = start
    while at < scalars.endIndex {
      let scalar = scalars[at]
      let end = at
      at = scalars.index(after: at)
      guard scalar.isPythonLineBreak else { continue }
      if scalar == "\r", at < scalars.endIndex, scalars[at] == "\n" { at = scalars.index(after: at) }
      lines.append(String(scalars[start..<(keepingEnds ? at : end)]))
      start = at
    }
    if start < scalars.endIndex { lines.append(String(scalars[start...])) }
    return lines
  }

  /// `str.strip`, `lstrip` and `rstrip`; without characters white space goes.
  static func stripped(_ text: String, of characters: String?, front: Bool = true, back: Bool = true) -> String {
    if let characters { return strippedOfSet(text, characters, front: front, back: back) }
    // White space is ASCII nearly always.
    let range: Range<Int>? = text.withBytes { bytes in
      var start = 0
      var end = bytes.count
      if front {
        while start < end, isASCIISpace(bytes[start]) { start += 1 }
        if start < end, bytes[start] >= 0x80 { return nil }
      }
      if back {
        while end > start, isASCIISpace(bytes[end - 1]) { end -= 1 }
        if end > start, bytes[end - 1] >= 0x80 { return nil }
      }
      return start..<end
    }
    if let range { return text.bytes(range.lowerBound, range.upperBound) }
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var end = scalars.endIndex
    if front { while start < end, scalars[start].isPythonSpace { start = scalars.index(after: start) } }
    if back {
      while start < end, scalars[scalars.index(before: end)].isPythonSpace { end = scalars.index(before: end) }
    }
    return String(scalars[start..<end])
  }

  private static func strippedOfSet(_ text: String, _ characters: String, front: Bool, back: Bool) -> String {
    let set = characters.unicodeScalars
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var end = scalars.endIndex
    if front { while start < end, set.contains(scalars[start]) { start = scalars.index(after: start) } }
    if back {
      while start < end, set.contains(scalars[scalars.index(before: end)]) { end = scalars.index(before: end) }
    }
    return String(scalars[start..<end])
  }

  @inline(__always)
  private static func isASCIISpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F)
  }

  /// `str.replace`.
  static func replacing(
    _ text: String, _ old: String, with new: String, limit: Int, _ machine: inout Machine
  ) throws(Failure) -> String {
    guard limit != 0 else { return text }
    if old.utf8.isEmpty { return try interleaving(text, with: new, limit: limit, &machine) }
    guard var found = text.offset(of: old) else { return text }
    var result = ""
    var at = 0
    var count = 0
    while true {
      result += text.bytes(at, found)
      result += new
      at = found + old.utf8.count
      count += 1
      if result.utf8.count > machine.limits.stringBytes { throw machine.tooLong() }
      guard limit < 0 || count < limit, let next = text.offset(of: old, from: at) else { break }
      found = next
    }
    result += text.bytes(at, text.utf8.count)
    try machine.build(bytes: result.utf8.count)
    return result
  }

  private static func interleaving(
    _ text: String, with new: String, limit: Int, _ machine: inout Machine
  ) throws(Failure) -> String {
    let (bytes, overflow) = new.utf8.count.multipliedReportingOverflow(by: text.utf8.count + 1)
    try machine.build(bytes: overflow ? Int.max : bytes + text.utf8.count)
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
      if limit < 0 || count < limit {
        result += new
        count += 1
      }
      result.unicodeScalars.append(scalar)
    }
    if limit < 0 || count < limit { result += new }
    return result
  }

  /// How often a text stands in another, without overlaps.
  static func count(of part: String, in text: String) -> Int {
    if part.utf8.isEmpty { return text.codePointCount + 1 }
    var count = 0
    var at = 0
    while let found = text.offset(of: part, from: at) {
      count += 1
      at = found + part.utf8.count
    }
    return count
  }
}
