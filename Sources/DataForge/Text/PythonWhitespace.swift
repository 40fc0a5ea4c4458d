/// White space as Python's `str.strip()` sees it: Unicode's, and the four information separators.
enum PythonWhitespace {
  /// Whether `str.isspace()` holds for the code point.
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }

  /// The text without white space at both ends.
  static func stripped(_ text: String) -> String {
    String(strippedAtEnd(text).unicodeScalars.drop(while: contains))
  }

  /// The text without white space at its end.
  static func strippedAtEnd(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let last = scalars.last, contains(last) { scalars.removeLast() }
    return String(scalars)
  }
}
