/// The rules for labels of international host names (RFC 5892, 5893) and Punycode (RFC 3492).
///
/// The standard library knows neither bidirectional classes nor joining types; both are taken from the script, which is
/// right for the letters that host names are made of.
enum SchemaIDNA {
  /// Whether the code points may form a label.
  static func isLabel(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first, label.last != "-", first != "-" else { return false }
    if label.count > 3, label[2] == "-", label[3] == "-" { return false }
    switch first.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return false
    default: break
    }
    return label.indices.allSatisfy { isAllowed(label, at: $0) }
  }

  private static func isAllowed(_ label: [Unicode.Scalar], at index: Int) -> Bool {
    let scalar = label[index]
    let before = index > 0 ? label[index - 1] : nil
    let after = index + 1 < label.count ? label[index + 1] : nil
    switch scalar.value {
    case 0xB7: return before == "l" && after == "l"
    case 0x375: return after.map { isIn("Greek", $0) } ?? false
    case 0x5F3, 0x5F4: return before.map { isIn("Hebrew", $0) } ?? false
    case 0x30FB: return label.contains { isIn("Hiragana", $0) || isIn("Katakana", $0) || isIn("Han", $0) }
    case 0x660...0x669: return !label.contains { (0x6F0...0x6F9).contains($0.value) }
    case 0x6F0...0x6F9: return !label.contains { (0x660...0x669).contains($0.value) }
    case 0x200C, 0x200D:
      guard let before else { return false }
      if before.properties.canonicalCombiningClass == Unicode.CanonicalCombiningClass(rawValue: 9) { return true }
      return scalar.value == 0x200C && isIn("Arabic", before) && (after.map { isIn("Arabic", $0) } ?? false)
    case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return true
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return false
    case 0x1100...0x11FF, 0xA960...0xA97C, 0xD7B0...0xD7FB: return false
    case 0x2D: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark,
      .decimalNumber:
      // Capitals of ASCII are the same name; others would change when folded.
      return scalar.isASCII || !scalar.properties.changesWhenNFKCCaseFolded
    default: return false
    }
  }

  private static func isIn(_ script: String, _ scalar: Unicode.Scalar) -> Bool {
    ECMARegexScripts.ranges(script)?.contains { $0.contains(scalar.value) } ?? false
  }

  /// Whether the letter is written from right to left.
  static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x660...0x669, 0x6F0...0x6F9: false
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      scalar.properties.generalCategory != .nonspacingMark
    default: false
    }
  }

  /// RFC 5893, 2: the rule for labels of a name that has letters of both directions.
  static func followsBidiRule(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first else { return false }
    let hasEuropeanDigit = label.contains { ("0"..."9").contains($0) || (0x6F0...0x6F9).contains($0.value) }
    let hasArabicDigit = label.contains { (0x660...0x669).contains($0.value) }
    if isRightToLeft(first) {
      let isMixed = label.contains {
        !isRightToLeft($0) && $0.properties.isAlphabetic && $0.properties.generalCategory != .nonspacingMark
      }
      return !isMixed && !(hasEuropeanDigit && hasArabicDigit)
    }
    return first.properties.isAlphabetic && !label.contains(where: isRightToLeft) && !hasArabicDigit
  }
}

// Punycode, with the parameters of RFC 3492, 5.
extension SchemaIDNA {
  /// What follows `xn--` as code points, or `nil` where it is malformed.
  static func decode(_ text: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    var output: [Unicode.Scalar] = []
    var rest = text[...]
    if let hyphen = text.lastIndex(of: "-") {
      output = Array(text[..<hyphen])
      rest = text[(hyphen + 1)...]
    }
    var code = 128
    var index = 0
    var bias = 72
    while !rest.isEmpty {
      let start = index
      var weight = 1
      var round = 36
      while true {
        guard let digit = rest.popFirst().flatMap(digit), weight < 0x1000_0000 else { return nil }
        index += digit * weight
        let threshold = min(max(round - bias, 1), 26)
        if digit < threshold { break }
        weight *= 36 - threshold
        round += 36
      }
      let count = output.count + 1
      bias = adapt(index - start, count, isFirst: start == 0)
      code += index / count
      index %= count
      guard code <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
      output.insert(scalar, at: index)
      index += 1
    }
    return output
  }

  /// What has to follow `xn--`; `nil` for labels too long to be written anyway.
  static func encode(_ label: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    guard label.count <= 63 else { return nil }
    var output = label.filter(\.isASCII)
    var handled = output.count
    let basic = handled
    if basic > 0 { output.append("-") }
    var code = 128
    var delta = 0
    var bias = 72
    while handled < label.count {
      guard let next = label.map({ Int($0.value) }).filter({ $0 >= code }).min() else { return nil }
      delta += (next - code) * (handled + 1)
      code = next
      for scalar in label {
        if scalar.value < UInt32(code) { delta += 1 }
        guard scalar.value == UInt32(code) else { continue }
        var rest = delta
        var round = 36
        while true {
          let threshold = min(max(round - bias, 1), 26)
          if rest < threshold { break }
          output.append(letter(threshold + (rest - threshold) % (36 - threshold)))
          rest = (rest - threshold) / (36 - threshold)
          round += 36
        }
        output.append(letter(rest))
        bias = adapt(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      code += 1
    }
    return output
  }

  private static func adapt(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var bias = 0
    while delta > 455 {
      delta /= 35
      bias += 36
    }
    return bias + 36 * delta / (delta + 38)
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x30...0x39: Int(scalar.value) - 0x30 + 26
    case 0x41...0x5A: Int(scalar.value) - 0x41
    case 0x61...0x7A: Int(scalar.value) - 0x61
    default: nil
    }
  }

  private static func letter(_ value: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(value < 26 ? value + 0x61 : value - 26 + 0x30))
  }
}
