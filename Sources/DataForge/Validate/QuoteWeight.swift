/// How much a quote says: what decides whether finding it proves anything.
struct QuoteWeight {
  /// Letters and digits; one of a script without spaces counts as three.
  private(set) var letters = 0
  /// Runs of letters and digits.
  private(set) var words = 0
  private(set) var hasScriptWithoutSpaces = false

  init(of quote: String) {
    var inWord = false
    for scalar in quote.unicodeScalars {
      let isLetter = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      if isLetter {
        let isDense = TextScript.isWrittenWithoutSpaces(scalar)
        letters += isDense ? 3 : 1
        if isDense { hasScriptWithoutSpaces = true }
        if !inWord { words += 1 }
      }
      // An apostrophe or a combining mark doesn't end a word; everything else that is no letter does.
      inWord = isLetter || (inWord && (scalar == "'" || scalar == "\u{2019}" || scalar == "\u{AD}"))
    }
  }

  var isEmpty: Bool { letters == 0 }

  func proves(atLeast minimum: Int) -> Bool { letters >= minimum && (words >= 2 || hasScriptWithoutSpaces) }
}
