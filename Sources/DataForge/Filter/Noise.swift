import OrderedJSON

/// Drops text that no reader could use: mostly signs, broken characters, or the same words over and over.
struct Noise: FilterRule {
  static let name = RuleName.noise.rawValue

  let options: FilterOptions

  func finding(on subject: FilterSubject) -> Finding? {
    finding("question", subject.question) ?? finding("answer", subject.answer)
  }

  private func finding(_ part: String, _ text: String) -> Finding? {
    let signs = SignCount(text)
    if signs.broken > 0, signs.broken * 50 >= signs.visible || signs.broken >= 3 {
      return Finding(
        "the \(part) has \(signs.broken) broken characters",
        values: ["part": .string(part), "broken": .integer(signs.broken)])
    }
    let share = signs.visible == 0 ? 0 : Double(signs.symbols) / Double(signs.visible)
    if signs.visible >= 8, share > options.symbols {
      return Finding(
        "\(Int((share * 100).rounded())) % of the \(part) are signs, neither letters nor digits",
        values: ["part": .string(part), "symbols": .double((share * 1000).rounded() / 1000)])
    }
    let looped = Self.loopedShare(of: text)
    if looped > options.loops {
      return Finding(
        "the \(part) says the same words over and over",
        values: ["part": .string(part), "looped": .double((looped * 1000).rounded() / 1000)])
    }
    return nil
  }

  /// Which share of the words lies in a run of four words that stands there three times or more, or (a shorter loop)
  /// in one word that comes four times running.
  private static func loopedShare(of text: String) -> Double {
    let words = WordList(text).words.map(\.hash)
    guard words.count >= 12 else { return isOneWord(words) ? 1 : 0 }
    var counts: [UInt64: Int] = [:]
    let runs = (0...words.count - 4).map { start in
      words[start..<start + 4].reduce(0) { WordList.mixed($0 &* 31 &+ $1) }
    }
    for run in runs { counts[run, default: 0] += 1 }
    var looped = [Bool](repeating: false, count: words.count)
    for (start, run) in runs.enumerated() where counts[run, default: 0] >= 3 {
      for place in start..<start + 4 { looped[place] = true }
    }
    return Double(looped.filter { $0 }.count) / Double(words.count)
  }

  private static func isOneWord(_ words: [UInt64]) -> Bool {
    words.count >= 4 && words.allSatisfy { $0 == words[0] }
  }
}

/// Counts what a text is written with.
private struct SignCount {
  /// Everything but white space.
  var visible = 0
  /// Neither letter, digit, mark nor everyday punctuation.
  var symbols = 0
  /// The replacement character, control characters, private use and unassigned code points.
  var broken = 0

  init(_ text: String) {
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        count(ascii: UInt8(scalar.value))
        continue
      }
      guard !scalar.properties.isWhitespace else { continue }
      visible += 1
      switch scalar.properties.generalCategory {
      case .control, .privateUse, .unassigned, .surrogate: broken += 1
      case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol, .openPunctuation, .closePunctuation:
        if scalar == "\u{FFFD}" { broken += 1 } else { symbols += 1 }
      default: break
      }
    }
  }

  private mutating func count(ascii byte: UInt8) {
    switch byte {
    case 0x09, 0x0A, 0x0D, 0x20: return
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "'"):
      visible += 1
    case 0..<0x20, 0x7F:
      visible += 1
      broken += 1
    default:
      visible += 1
      symbols += 1
    }
  }
}
