import Testing

@testable import OrderedJSON

@Suite struct ECMARegexTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var pattern: String
    var matching: [String]
    var other: [String]
    var testDescription: String { pattern }

    init(_ pattern: String, _ matching: [String], _ other: [String]) {
      self.pattern = pattern
      self.matching = matching
      self.other = other
    }
  }

  static let cases: [Case] = [
    Case("", ["", "a"], []),
    Case("abc", ["xabcx"], ["ab c"]),
    Case("^abc$", ["abc"], ["abcd", "abc\n", "xabc"]),
    Case("^(a|bc|)d$", ["ad", "bcd", "d"], ["bd"]),
    Case("^a|b$", ["ax", "xb"], ["xa", "bx"]),
    Case("^a{2,3}$", ["aa", "aaa"], ["a", "aaaa"]),
    Case("^(ab){2}c$", ["ababc"], ["abc", "abababc"]),
    Case("^(?:ab|c){2,}?d$", ["abcd", "ccccd"], ["abd"]),
    Case("^.$", ["a", "🐲", "é"], ["\n", "\u{2028}", "ab", "e\u{301}"]),
    Case("^[^a-c]$", ["d", "🐲", "\n"], ["b"]),
    Case("^[\\d\\-_]+$", ["1-_2"], ["a", "١"]),
    Case("^\\w+$", ["aZ_9"], ["é", "-"]),
    Case("^\\W$", ["é", " "], ["a"]),
    Case("^\\s$", ["\u{FEFF}", "\u{A0}", "\u{2029}", "\t"], ["\u{200B}", "\u{180E}", "a"]),
    Case("^[\\S]$", ["a"], [" "]),
    Case("^[^\\S]$", [" "], ["a"]),
    Case("\\bfoo\\b", ["a foo b", "foo"], ["afoo", "foob"]),
    Case("\\Boo", ["foo"], ["oo"]),
    Case("^a(?=b)", ["ab"], ["ac"]),
    Case("^a(?!b)", ["ac", "a"], ["ab"]),
    Case("(?<=\\$)\\d+", ["$5"], ["5", "€5"]),
    Case("(?<!\\$)\\b\\d+", ["€5"], ["$5"]),
    Case("(?<=a+b)c", ["aabc"], ["bc"]),
    Case("(?<=(\\d+)(\\d+))x\\1", ["1053x1"], ["1053x2"]),
    Case("^(a+)b\\1$", ["aabaa"], ["aaba"]),
    Case("^(?<x>.)\\k<x>$", ["aa"], ["ab"]),
    Case("^\\1(a)$", ["a"], ["aa"]),
    Case("^(?:(a)|b)*\\1$", ["ab", "b", "aa"], ["ba b"]),
    Case("^(z)((a+)?(b+)?(c))*$", ["zaacbbbcac"], ["zab"]),
    Case("^(a?)*?b$", ["b", "aab"], ["c"]),
    Case("^(a*)*$", ["", "aaa"], ["b"]),
    Case("^(){3,}a$", ["a"], ["b"]),
    Case("^\\u{1F432}\\ud83d\\udc32\\x41\\cJ\\0$", ["🐲🐲A\n\0"], ["🐲"]),
    Case("^🐲*$", ["", "🐲🐲"], ["🐉"]),
    Case("^\\p{Lu}\\p{Ll}+$", ["Éa"], ["éa"]),
    Case("^\\P{L}$", ["1"], ["a"]),
    Case("^[\\p{Nd}x]$", ["٣", "x"], ["y"]),
    Case("^[^\\p{L}]$", ["1"], ["ж"]),
    Case("^\\p{Script=Cyrillic}+$", ["жук"], ["zhuk"]),
    Case("^\\p{sc=Hani}$", ["漢"], ["か"]),
    Case("^\\p{gc=Uppercase_Letter}\\p{ASCII}\\p{Alphabetic}$", ["Zzж"], ["zzz"]),
    Case("^[]$", [], ["", "a"]),
    Case("^[^]$", ["\n"], [""]),
    Case("^x*?y$", ["xxy", "y"], ["xx"]),
    Case("^[a-z]{3}[0-9]{2,}?$", ["abc12", "abc1234"], ["ab12", "abc1"]),
  ]

  @Test(arguments: cases) func matchesAsTheStandardSays(_ test: Case) throws {
    let regex = try ECMARegex(test.pattern, strictness: .standard)
    for text in test.matching { #expect(regex.matches(text) == true, "\(text)") }
    for text in test.other { #expect(regex.matches(text) == false, "\(text)") }
  }

  @Test(arguments: [
    "(", ")", "a**", "*", "[", "[b-a]", "{1}", "a{2,1}", "\\", "\\a", "\\Z", "\\-", "\\8", "\\1", "\\k<x>", "(?P<x>a)",
    "(?i)a", "(?<1>a)", "\\p{Foo}", "\\p", "\\u{110000}", "\\u12", "\\x1", "\\c1", "\\07", "(?<=a)*", "^*", "]", "}",
    "[\\d-z]", "(?<a>x)(?<a>y)",
  ]) func refusesWhatIsNotPartOfTheStandard(_ pattern: String) {
    #expect(throws: ECMARegex.SyntaxError.self) { try ECMARegex(pattern, strictness: .standard) }
  }

  @Test(arguments: [("^\\-\\@\\_$", "-@_"), ("^{a}]$", "{a}]"), ("^a{,2}$", "a{,2}"), ("^[\\w-.]+$", "a-.")])
  func readsUnneededEscapesWhereTolerant(_ pattern: String, _ text: String) throws {
    #expect(try ECMARegex(pattern).matches(text) == true)
    #expect(throws: ECMARegex.SyntaxError.self) { try ECMARegex(pattern, strictness: .standard) }
  }

  @Test func refusesLettersAsEscapesEvenWhereTolerant() {
    #expect(throws: ECMARegex.SyntaxError.self) { try ECMARegex("a\\Z") }
  }

  @Test func endsWhenTheBudgetIsUsedUp() throws {
    let regex = try ECMARegex("^(a+)+$")
    #expect(regex.matches(String(repeating: "a", count: 50) + "b") == nil)
    #expect(regex.matches(String(repeating: "a", count: 50)) == true)
  }
}
