/// What Python's `str` methods know of a code point.
extension Unicode.Scalar {
  /// `str.isspace`.
  @inline(__always)
  var isPythonSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// What `str.splitlines` breaks at.
  var isPythonLineBreak: Bool {
    switch value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// `str.isalpha`.
  var isPythonAlpha: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// `str.isdecimal`.
  var isPythonDecimal: Bool { properties.generalCategory == .decimalNumber }
  /// `str.isdigit`.
  var isPythonDigit: Bool { properties.numericType == .decimal || properties.numericType == .digit }
  /// `str.isnumeric`.
  var isPythonNumeric: Bool { properties.numericType != nil }
  /// `str.isalnum`.
  var isPythonAlphanumeric: Bool { isPythonAlpha || isPythonNumeric }

  /// `\w` of Python's `re`.
  var isPythonWord: Bool { value == 0x5F || isPythonAlphanumeric }

  /// `str.isprintable`.
  var isPythonPrintable: Bool {
    if value == 0x20 { return true }
    if value < 0x7F { return value > 0x20 }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  /// The value of a decimal digit of any script.
  var decimalValue: Int? {
    if value >= 0x30, value <= 0x39 { return Int(value - 0x30) }
    guard isPythonDecimal, let number = properties.numericValue else { return nil }
    return Int(number)
  }
}
