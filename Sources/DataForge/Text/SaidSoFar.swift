import OrderedJSON

/// What was said in a conversation up to some place, to tell values that stand there from values that were made up.
///
/// It is lenient where a reader is: case, the order of words, `water_level` for “water level”, `5` for “five”,
/// `2024-05-01` for “1 May 2024”. So what it does not find is made up for sure, or as good as.
struct SaidSoFar: Sendable {
  private var words: Set<String> = []
  /// All letters and digits without what parts them.
  private var run = ""
  private var numbers: Set<Double> = []

  /// More would make sums of any two of them mean nothing.
  private static let mostForSums = 24

  init(_ texts: [String] = []) { for text in texts { add(text) } }

  mutating func add(_ text: String) {
    for word in Self.words(of: text) {
      words.insert(word)
      run += word
      if let number = Self.namedNumbers[word] { numbers.insert(number) }
    }
    run += " "
    for number in Self.numbers(in: text) { numbers.insert(number.value) }
  }

  // MARK: Values

  /// Whether each value of an argument can be read from what was said.
  func says(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): return says(text)
    case .array(let list): return list.allSatisfy(says)
    case .object(let object): return object.values.allSatisfy(says)
    case .bool, .null: return true
    default: return value.doubleValue.map { says(number: $0) } ?? true
    }
  }

  private func says(_ text: String) -> Bool {
    let parts = Self.words(of: text)
    if parts.allSatisfy(says(word:)) { return true }
    let whole = parts.joined()
    return saysDate(parts) || (whole.count > 3 && run.contains(whole))
  }

  private func says(word: String) -> Bool {
    if words.contains(word) || Double(word).map(says(number:)) == true { return true }
    // “fathoms” says fathom, and the other way round.
    return word.count > 3 && words.contains { $0.hasPrefix(word) || ($0.count > 3 && word.hasPrefix($0)) }
  }

  /// “1 May 2024”, “May 1st, 2024”, “5/1/2024” for `2024-05-01`.
  private func saysDate(_ parts: [String]) -> Bool {
    let numbers = parts.prefix(3).compactMap(Int.init)
    guard numbers.count == 3, numbers[0] > 999, (1...12).contains(numbers[1]) else { return false }
    let month = Self.months[numbers[1] - 1]
    let isMonthSaid = says(number: Double(numbers[1])) || words.contains { $0.count > 2 && month.hasPrefix($0) }
    return says(number: Double(numbers[0])) && isMonthSaid
      && (says(number: Double(numbers[2])) || words.contains { $0.hasPrefix("\(numbers[2])") && $0.count < 5 })
      && parts.dropFirst(3).allSatisfy { says(word: $0) || Int($0) == 0 }
  }

  /// Whether the value is at least hinted at: some part of it is said, or it abbreviates what is said.
  func hintsAt(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text):
      let parts = Self.words(of: text)
      if parts.isEmpty || says(text) { return true }
      return parts.contains { $0.count > 2 && says(word: $0) } || abbreviates(parts.joined())
    case .array(let list): return list.allSatisfy(hintsAt)
    case .object(let object): return object.values.allSatisfy(hintsAt)
    case .bool, .null: return true
    default:
      guard let number = value.doubleValue else { return true }
      return says(number: number) || numbers.contains { number == $0 * 100 || number * 100 == $0 }
    }
  }

  /// `OSL` for Oslo, `de` for Deutsch.
  private func abbreviates(_ short: String) -> Bool {
    guard (2...3).contains(short.count), short.allSatisfy(\.isLetter) else { return false }
    return words.contains { $0.count > short.count && $0.hasPrefix(short) }
  }

  // MARK: Numbers

  /// The numbers of a text that neither stand in what was said nor follow from it by rounding or one step of
  /// arithmetic, as they are written.
  func unexplainedNumbers(in text: String) -> [String] {
    let known = numbers.sorted()
    let sums = known.count <= Self.mostForSums
    return Self.numbers(in: text).filter { number in
      let value = number.value
      // Small counts number things and speak of days and hours.
      if value.rounded() == value, value <= 12 || says(number: value) { return false }
      let close = 0.5 * number.step + value * 1e-9
      func explains(_ other: Double) -> Bool { abs(other.magnitude - value) <= close }
      if known.contains(where: { explains($0) || explains($0 - 12) || explains($0 * 100) || explains($0 / 100) }) {
        return false
      }
      guard sums else { return !known.contains { abs($0 - value) <= value * 0.01 } }
      return !known.contains { left in
        known.contains { right in
          explains(left + right) || explains(left - right) || explains(left * right)
            || (right != 0 && explains(left / right)) || explains((left + right) / 2)
        }
      }
    }.map(\.text)
  }

  private func says(number: Double) -> Bool { numbers.contains(number.magnitude) }

  private static func numbers(in text: String) -> [(text: String, value: Double, step: Double)] {
    var found: [(String, Double, Double)] = []
    let bytes = Array(text.utf8)
    var at = 0
    func isDigit(_ place: Int) -> Bool { place < bytes.count && (0x30...0x39).contains(bytes[place]) }
    while at < bytes.count {
      guard isDigit(at) else {
        at += 1
        continue
      }
      let start = at
      var digits = ""
      var step = 1.0
      while isDigit(at) {
        digits.append(Character(Unicode.Scalar(bytes[at])))
        at += 1
        // 1,234,567 is one number.
        if at < bytes.count, bytes[at] == UInt8(ascii: ","), (1...3).allSatisfy({ isDigit(at + $0) }), !isDigit(at + 4)
        {
          at += 1
        }
      }
      if at < bytes.count, bytes[at] == UInt8(ascii: "."), isDigit(at + 1) {
        digits += "."
        at += 1
        while isDigit(at) {
          digits.append(Character(Unicode.Scalar(bytes[at])))
          step /= 10
          at += 1
        }
      }
      if let value = Double(digits) { found.append((String(decoding: bytes[start..<at], as: UTF8.self), value, step)) }
    }
    return found
  }

  // MARK: Words

  private static func words(of text: String) -> [String] { WordsOfName.words(text) }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
  private static let namedNumbers: [String: Double] = [
    "zero": 0, "no": 0, "one": 1, "a": 1, "an": 1, "single": 1, "first": 1, "two": 2, "couple": 2, "second": 2,
    "pair": 2, "both": 2, "three": 3, "third": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "half": 0.5,
  ]
}
