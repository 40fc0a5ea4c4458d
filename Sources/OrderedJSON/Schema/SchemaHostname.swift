/// Host names: RFC 1123, and RFC 5890–5893 for international ones.
enum SchemaHostname {
  /// Whether the text is a host name; `international` allows letters outside ASCII and the dots of other scripts.
  static func accepts(_ text: String, international: Bool) -> Bool {
    var labels: [[Unicode.Scalar]] = [[]]
    for scalar in text.unicodeScalars {
      let isDot = international ? "\u{3002}\u{FF0E}\u{FF61}".unicodeScalars.contains(scalar) : false
      if scalar == "." || isDot { labels.append([]) } else { labels[labels.count - 1].append(scalar) }
    }
    var total = labels.count - 1
    var decoded: [[Unicode.Scalar]] = []
    for label in labels {
      guard let (length, letters) = read(label, international) else { return false }
      total += length
      decoded.append(letters)
    }
    guard total <= 253 else { return false }
    let isBidi = decoded.contains { $0.contains(where: SchemaIDNA.isRightToLeft) }
    return !isBidi || decoded.allSatisfy(SchemaIDNA.followsBidiRule)
  }

  /// The length of a label on the wire and what it means, or `nil` where it is none.
  private static func read(_ label: [Unicode.Scalar], _ international: Bool) -> (Int, [Unicode.Scalar])? {
    guard let first = label.first, let last = label.last, first != "-", last != "-" else { return nil }
    if label.allSatisfy(\.isASCII) {
      guard label.count <= 63, label.allSatisfy({ isLetterDigitHyphen(UInt8($0.value)) }) else { return nil }
      let head = label.prefix(4).map { Character($0).lowercased() }
      guard head.count == 4, head[2] == "-", head[3] == "-" else { return (label.count, label) }
      // Two hyphens in third and fourth place are kept for encoded labels.
      guard head[0] == "x", head[1] == "n" else { return nil }
      guard let decoded = SchemaIDNA.decode(Array(label.dropFirst(4))), !decoded.allSatisfy(\.isASCII),
        SchemaIDNA.isLabel(decoded),
        SchemaIDNA.encode(decoded).map({ lowercased($0) }) == lowercased(label.dropFirst(4))
      else { return nil }
      return (label.count, decoded)
    }
    guard international, SchemaIDNA.isLabel(label), let encoded = SchemaIDNA.encode(label) else { return nil }
    let length = encoded.count + 4
    return length <= 63 ? (length, label) : nil
  }

  private static func isLetterDigitHyphen(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-")
  }

  private static func lowercased(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt32] {
    scalars.map { ("A"..."Z").contains($0) ? $0.value + 32 : $0.value }
  }
}
