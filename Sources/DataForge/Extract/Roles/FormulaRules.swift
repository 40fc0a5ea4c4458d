/// Tells formulas that are set apart from paragraphs: rows of signs and single letters that are set in or numbered.
enum FormulaRules {
  static func mark(_ blocks: inout [DraftBlock], bytes: [UInt8]) {
    for index in blocks.indices where blocks[index].role == .paragraph {
      let block = blocks[index]
      guard block.rows.count <= 6, block.rows.allSatisfy({ isFormula(bytes[$0.text]) }),
        block.rows.contains(where: { hasRelation(bytes[$0.text]) })
      else { continue }
      blocks[index].role = .formula
    }
  }

  /// Hardly a word, and letters, digits and signs otherwise.
  private static func isFormula(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count <= 200 else { return false }
    var words = 0
    var letters = 0
    var others = 0
    var run: [UInt8] = []
    func close() {
      if run.count >= 3, !names.contains(run) { words += 1 } else { others += run.isEmpty ? 0 : 1 }
      run.removeAll(keepingCapacity: true)
    }
    for byte in text {
      if LineLabel.isLetter(byte) {
        run.append(byte)
        letters += 1
      } else {
        close()
        if byte != 0x20 && !(0x80...0xBF).contains(byte) { others += 1 }
      }
    }
    close()
    return words * 5 <= others && others > 0
  }

  private static let names = Set(
    [
      "sin", "cos", "tan", "log", "exp", "lim", "max", "min", "sup", "inf", "det", "deg", "dim", "ker", "arg", "gcd",
      "mod", "Pr", "Var", "Cov", "sinh", "cosh", "tanh", "for", "and", "diag", "sgn", "rank", "where",
    ].map { Array($0.utf8) })

  /// `=`, `<`, `≤`, `→`, `∑` and the like, with room around them as between operands.
  private static func hasRelation(_ text: ArraySlice<UInt8>) -> Bool {
    for (index, byte) in zip(text.indices, text) {
      switch byte {
      case UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"):
        if index > text.startIndex, index + 1 < text.endIndex { return true }
      // The blocks of arrows and of mathematical operators: U+2190 to U+22FF.
      case 0xE2 where index + 1 < text.endIndex && (0x86...0x8B).contains(text[index + 1]): return true
      default: continue
      }
    }
    return false
  }
}
