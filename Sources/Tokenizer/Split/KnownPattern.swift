/// The patterns of widespread tokenizers, each of which has a scanner of its own.
enum KnownPattern: Sendable {
  case gpt2
  /// cl100k and what follows it: Llama 3 with numbers of up to three digits, Qwen 2 with single ones.
  case cl100k(mostDigits: Int)
  /// o200k (GPT-4o); Mistral's Tekken is the same without contractions and with single digits.
  case o200k(mostDigits: Int, hasContractions: Bool)
  /// The third step of DeepSeek V3 and R1.
  case deepSeek

  /// Recognises a pattern.
  init?(_ pattern: String) {
    // DeepSeek's file has the line breaks themselves in its classes.
    var plain = ""
    for scalar in pattern.unicodeScalars {
      switch scalar {
      case "\r": plain += #"\r"#
      case "\n": plain += #"\n"#
      default: plain.unicodeScalars.append(scalar)
      }
    }
    switch plain {
    case Self.gpt2Pattern: self = .gpt2
    case Self.cl100kPattern(digits: #"\p{N}{1,3}"#): self = .cl100k(mostDigits: 3)
    case Self.cl100kPattern(digits: #"\p{N}"#): self = .cl100k(mostDigits: 1)
    case Self.o200kPattern(digits: #"\p{N}{1,3}"#, contractions: Self.contractions + "?"):
      self = .o200k(mostDigits: 3, hasContractions: true)
    case Self.o200kPattern(digits: #"\p{N}"#, contractions: ""): self = .o200k(mostDigits: 1, hasContractions: false)
    case Self.deepSeekPattern: self = .deepSeek
    default: return nil
    }
  }

  /// GPT-2's pattern, which `ByteLevel` uses.
  static let gpt2Pattern = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
  static let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
  static let deepSeekPattern =
    ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"##
    + #"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#

  static func cl100kPattern(digits: String) -> String {
    contractions + #"|[^\r\n\p{L}\p{N}]?\p{L}+|"# + digits
      + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  }

  static func o200kPattern(digits: String, contractions: String) -> String {
    let upper = #"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"#
    let lower = #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"#
    let first = #"[^\r\n\p{L}\p{N}]?"#
    return first + upper + "*" + lower + "+" + contractions + "|" + first + upper + "+" + lower + "*" + contractions
      + "|" + digits + #"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  }

  /// Whether every text is made of matches, with nothing between them.
  var coversAll: Bool { if case .deepSeek = self { false } else { true } }

  /// Hands over each match in a part of a text, in order.
  func forEachMatch(in text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ body: (Int, Int) -> Void) {
    let scan = PatternScan(text: text, end: end)
    switch self {
    case .gpt2: Self.forEach(start, end, text, body) { scan.gpt2($0) }
    case .cl100k(let mostDigits): Self.forEach(start, end, text, body) { scan.cl100k($0, mostDigits) }
    case .o200k(let mostDigits, let hasContractions):
      Self.forEach(start, end, text, body) { scan.o200k($0, mostDigits, hasContractions) }
    case .deepSeek: Self.forEach(start, end, text, body) { scan.deepSeek($0) }
    }
  }

  @inline(__always)
  private static func forEach(
    _ start: Int, _ end: Int, _ text: UnsafePointer<UInt8>, _ body: (Int, Int) -> Void, _ match: (Int) -> Int
  ) {
    var place = start
    while place < end {
      let next = match(place)
      if next > place {
        body(place, next)
        place = next
      } else {
        place += ByteString.length(text[place])
      }
    }
  }
}
