/// The marks of list items: `-`, `3.`, `c.`, `iv.`
enum ListMark {
  static let bullet = "-"

  /// How a number is written in a list: HTML's `type`, Word's `numFmt`.
  enum Style {
    case decimal, lowerLetter, upperLetter, lowerRoman, upperRoman
  }

  static func text(_ number: Int, _ style: Style) -> String {
    switch style {
    case .decimal: "\(number)"
    case .lowerLetter: letters(number)
    case .upperLetter: letters(number).uppercased()
    case .lowerRoman: roman(number)
    case .upperRoman: roman(number).uppercased()
    }
  }

  /// `a` … `z`, `aa`, `ab` …
  private static func letters(_ number: Int) -> String {
    guard (1...100_000).contains(number) else { return "\(number)" }
    var rest = number
    var bytes: [UInt8] = []
    while rest > 0 {
      bytes.append(UInt8(ascii: "a") + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: bytes.reversed(), as: UTF8.self)
  }

  private static func roman(_ number: Int) -> String {
    guard (1...3_999).contains(number) else { return "\(number)" }
    var rest = number
    var text = ""
    let steps = [
      (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
      (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ]
    for (value, sign) in steps {
      while rest >= value {
        text += sign
        rest -= value
      }
    }
    return text
  }
}
