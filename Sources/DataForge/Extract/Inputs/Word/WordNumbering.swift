/// A Word document's lists: how each level is marked, and how far each has counted.
final class WordNumbering: XMLFlow {
  private struct Level {
    var format = "decimal"
    /// `%1.%2.`: what stands for the numbers of the levels.
    var pattern = ""
    var start = 1
  }

  private static let levelCount = 9

  private var lists: [String: [Int: Level]] = [:]
  /// The abstract list that each list follows, and where a list begins anew.
  private var abstracts: [String: String] = [:]
  private var starts: [String: [Int: Int]] = [:]
  private var counters: [String: [Int]] = [:]

  private var abstract: String?
  private var number: String?
  private var level: Int?
  private var override: Int?

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "w:abstractNum": abstract = attributes["abstractNumId"]
    case "w:num": number = attributes["numId"]
    case "w:lvl": level = attributes.number("ilvl")
    case "w:lvlOverride": override = attributes.number("ilvl")
    case "w:abstractNumId":
      if let number { abstracts[number] = attributes["val"] }
    case "w:startOverride":
      if let number, let override, let start = attributes.number("val") {
        starts[number, default: [:]][override] = start
      }
    case "w:numFmt": change { $0.format = attributes["val"] ?? "decimal" }
    case "w:lvlText": change { $0.pattern = attributes["val"] ?? "" }
    case "w:start": change { $0.start = attributes.number("val") ?? 1 }
    default: break
    }
  }

  func end(_ name: String) {
    switch name {
    case "w:abstractNum": abstract = nil
    case "w:num": number = nil
    case "w:lvl": level = nil
    case "w:lvlOverride": override = nil
    default: break
    }
  }

  func text(_ text: String) {}

  private func change(_ body: (inout Level) -> Void) {
    guard let abstract, let level, (0..<Self.levelCount).contains(level) else { return }
    body(&lists[abstract, default: [:]][level, default: Level()])
  }

  /// Counts a paragraph of a list and says how it is marked; `nil` where it is not.
  func mark(list: String, level: Int) -> String? {
    guard list != "0", let abstract = abstracts[list], let levels = lists[abstract] else { return nil }
    let level = min(max(0, level), Self.levelCount - 1)
    guard let own = levels[level], own.format != "none" else { return nil }
    // Lists that follow one abstract list count on, unless they say that they begin anew.
    let key = starts[list] == nil ? "a" + abstract : "n" + list
    var counts = counters[key] ?? [Int](repeating: 0, count: Self.levelCount)
    func start(_ level: Int) -> Int { starts[list]?[level] ?? levels[level]?.start ?? 1 }
    for above in 0..<level where counts[above] == 0 { counts[above] = start(above) }
    counts[level] = counts[level] == 0 ? start(level) : min(counts[level], Int.max - 1) + 1
    for below in level + 1..<max(level + 1, Self.levelCount) { counts[below] = 0 }
    counters[key] = counts
    // A blank mark sets a paragraph that goes on with the item above.
    if own.pattern.allSatisfy(\.isWhitespace) { return nil }
    if own.format == "bullet" { return ListMark.bullet }
    var text = ""
    var isPlace = false
    for character in own.pattern.prefix(60) {
      if isPlace, let digit = character.wholeNumberValue, (1...Self.levelCount).contains(digit) {
        text += ListMark.text(counts[digit - 1], Self.style(levels[digit - 1]?.format))
        isPlace = false
      } else if character == "%" {
        isPlace = true
      } else {
        text.append(character)
      }
    }
    return InputText.clean(text)
  }

  private static func style(_ format: String?) -> ListMark.Style {
    switch format {
    case "lowerLetter": .lowerLetter
    case "upperLetter": .upperLetter
    case "lowerRoman": .lowerRoman
    case "upperRoman": .upperRoman
    default: .decimal
    }
  }
}
