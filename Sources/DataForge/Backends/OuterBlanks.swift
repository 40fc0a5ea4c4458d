extension String {
  /// The text without the ASCII white space and control characters around it: what people paste and files hold has a
  /// line end.
  var withoutOuterBlanks: String {
    var bytes = utf8[...]
    while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return String(Substring(bytes))
  }
}
