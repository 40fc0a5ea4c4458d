extension ByteBuffer {
  /// Adds an integer in decimal.
  @inline(__always)
  mutating func append(integer value: Int) {
    reserve(20)
    if value < 0 { append(UInt8(ascii: "-")) }
    append(digits: value.magnitude)
  }

  /// Adds a finite double as Python's `repr` writes it: the fewest digits that read back the same, with an exponent
  /// below 1e-4 and from 1e16 on.
  mutating func append(double value: Double) {
    reserve(32)
    if value.sign == .minus { append(UInt8(ascii: "-")) }
    let magnitude = value.magnitude
    if magnitude < 1e13 {
      // At most 15 digits that read back as the value: no other number of so few digits does, so they are the shortest.
      let hundredths = (magnitude * 100).rounded()
      if hundredths / 100 == magnitude { return append(hundredths: UInt(hundredths)) }
    }
    // Swift finds the same digits as Python, and between these limits lays them out the same way.
    if magnitude >= 1e-4, magnitude < 0x1p53 { return append(text: magnitude.description) }
    append(shortest: magnitude)
  }

  private mutating func append(hundredths: UInt) {
    let (whole, part) = hundredths.quotientAndRemainder(dividingBy: 100)
    append(digits: whole)
    append(UInt8(ascii: "."))
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: part / 10))
    if part % 10 != 0 { append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: part % 10)) }
  }

  /// Takes Swift's digits and lays them out as Python does.
  private mutating func append(shortest magnitude: Double) {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    var text = magnitude.description
    text.withUTF8 { bytes in
      var at = 0
      while at < bytes.count, bytes[at] != UInt8(ascii: "e") {
        if bytes[at] == UInt8(ascii: ".") { point = digits.count } else { digits.append(bytes[at]) }
        at += 1
      }
      guard at < bytes.count else { return }
      let negative = bytes[at + 1] == UInt8(ascii: "-")
      for byte in bytes[(at + 1)...] where byte >= 0x30 { exponent = exponent * 10 + Int(byte - 0x30) }
      if negative { exponent = -exponent }
    }
    // From here on the value is 0.DIGITS × 10^position.
    var position = (point ?? digits.count) + exponent
    let leading = digits.prefix { $0 == 0x30 }.count
    digits.removeFirst(leading)
    position -= leading
    while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
    if digits.isEmpty { return append("0.0") }
    append(shortestDigits: digits, position: position)
  }

  private mutating func append(shortestDigits digits: [UInt8], position: Int) {
    func add(_ part: ArraySlice<UInt8>, to buffer: inout ByteBuffer) { for digit in part { buffer.append(digit) } }
    if position > 16 || position < -3 {
      append(digits[0])
      if digits.count > 1 {
        append(UInt8(ascii: "."))
        add(digits[1...], to: &self)
      }
      append(UInt8(ascii: "e"))
      let exponent = position - 1
      append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
      if exponent.magnitude < 10 { append(UInt8(ascii: "0")) }
      append(digits: exponent.magnitude)
    } else if position <= 0 {
      append("0.")
      append(UInt8(ascii: "0"), times: -position)
      add(digits[...], to: &self)
    } else if position >= digits.count {
      add(digits[...], to: &self)
      append(UInt8(ascii: "0"), times: position - digits.count)
      append(".0")
    } else {
      add(digits[..<position], to: &self)
      append(UInt8(ascii: "."))
      add(digits[position...], to: &self)
    }
  }

  /// Adds digits from the last to the first.
  private mutating func append(digits value: UInt) {
    var length = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      length += 1
    }
    reserve(length)
    rest = value
    var place = count + length
    repeat {
      place -= 1
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      base.storeBytes(of: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit), toByteOffset: place, as: UInt8.self)
      rest = quotient
    } while rest > 0
    count += length
  }
}
