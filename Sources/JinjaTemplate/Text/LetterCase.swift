/// Python's string methods that change or ask for the case of letters.
enum LetterCase {
  static func upper(_ text: String) -> String {
    map(text, { $0.properties.uppercaseMapping }, ascii: { upper($0) })
  }

  /// A final sigma becomes `ς`, as in Python.
  static func lower(_ text: String) -> String {
    if !text.unicodeScalars.contains("Σ") {
      return map(text, { $0.properties.lowercaseMapping }, ascii: { lower($0) })
    }
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (position, scalar) in scalars.enumerated() {
      result += scalar == "Σ" ? (isFinal(scalars, position) ? "ς" : "σ") : scalar.properties.lowercaseMapping
    }
    return result
  }

  private static func isFinal(_ scalars: [Unicode.Scalar], _ position: Int) -> Bool {
    let before = scalars[..<position].last { !$0.properties.isCaseIgnorable }
    let after = scalars[(position + 1)...].first { !$0.properties.isCaseIgnorable }
    return before?.properties.isCased == true && after?.properties.isCased != true
  }

  /// `str.capitalize`.
  static func capitalized(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return "" }
    return first.properties.titlecaseMapping + lower(String(text.unicodeScalars.dropFirst()))
  }

  /// `str.title`: a letter after what has no case starts a word.
  static func title(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    var isInside = false
    for (position, scalar) in scalars.enumerated() {
      if isInside, scalar == "Σ" {
        result += isFinal(scalars, position) ? "ς" : "σ"
      } else {
        result += isInside ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
      }
      isInside = scalar.properties.isCased
    }
    return result
  }

  static func swapped(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (position, scalar) in scalars.enumerated() {
      let properties = scalar.properties
      if scalar == "Σ" {
        result += isFinal(scalars, position) ? "ς" : "σ"
      } else {
        result += properties.isUppercase ? properties.lowercaseMapping : properties.uppercaseMapping
      }
    }
    return result
  }

  /// `str.casefold`, by way of the mappings that the standard library has.
  static func folded(_ text: String) -> String {
    func fold(_ scalar: Unicode.Scalar) -> String {
      let upper = scalar.properties.uppercaseMapping
      switch scalar.value {
      case 0x131: return String(scalar)
      // Cherokee folds to capitals.
      case 0x13A0...0x13FD, 0xAB70...0xABBF: return upper
      default: return upper.unicodeScalars.map(\.properties.lowercaseMapping).joined()
      }
    }
    return map(text, fold, ascii: { lower($0) })
  }

  static func isLower(_ text: String) -> Bool {
    has(text, { $0.properties.isLowercase }, butNot: { $0.properties.isUppercase || isTitle($0) })
  }

  static func isUpper(_ text: String) -> Bool {
    has(text, { $0.properties.isUppercase }, butNot: { $0.properties.isLowercase || isTitle($0) })
  }

  static func isTitle(_ text: String) -> Bool {
    var isInside = false
    var hasCased = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isUppercase || isTitle(scalar) {
        if isInside { return false }
        isInside = true
        hasCased = true
      } else if scalar.properties.isLowercase {
        if !isInside { return false }
        hasCased = true
      } else {
        isInside = false
      }
    }
    return hasCased
  }

  private static func isTitle(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .titlecaseLetter
  }

  private static func has(
    _ text: String, _ wanted: (Unicode.Scalar) -> Bool, butNot unwanted: (Unicode.Scalar) -> Bool
  ) -> Bool {
    var found = false
    for scalar in text.unicodeScalars {
      if unwanted(scalar) { return false }
      if wanted(scalar) { found = true }
    }
    return found
  }

  private static func map(
    _ text: String, _ change: (Unicode.Scalar) -> String, ascii: (UInt8) -> UInt8
  ) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return String(decoding: text.utf8.map(ascii), as: UTF8.self) }
    var result = ""
    for scalar in text.unicodeScalars { result += change(scalar) }
    return result
  }

  private static func upper(_ byte: UInt8) -> UInt8 { byte >= 0x61 && byte <= 0x7A ? byte - 32 : byte }
  private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 32 : byte }
}
