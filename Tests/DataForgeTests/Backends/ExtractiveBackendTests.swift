import OrderedJSON
import Testing

@testable import DataForge

@Suite struct ExtractiveBackendTests {
  /// A sentence, and the question that it answers.
  static let asked: [(String, String)] = [
    ("A daemon is a program that runs in the background.", "What is a daemon?"),
    ("Shared libraries are files that several programs load at run time.", "What are shared libraries?"),
    ("In Debian, a binary package is an archive that dpkg can install.", "In Debian, what is a binary package?"),
    ("The maximum length of a file name is 255 bytes.", "What is the maximum length of a file name?"),
    (
      "The easiest way to list the open files is to run lsof as root.",
      "What is the easiest way to list the open files?"
    ),
    ("The process of joining object files is called linking.", "What is the process of joining object files called?"),
    ("A trace refers to an amount of rain that is too small to measure.", "What does a trace refer to?"),
    (
      "Unlike a hard link, a symbolic link can point to another file system.",
      "How does a symbolic link differ from a hard link?"
    ),
    (
      "The box corer takes wide samples, whereas the piston corer takes long ones.",
      "What is the difference between the box corer and the piston corer?"
    ),
    ("To replace the battery, press Hold and wait for the lamp.", "How do you replace the battery?"),
    ("Stack checking can be disabled by setting R_CStackLimit to -1.", "How can stack checking be disabled?"),
    ("The zselect module is used to implement timeouts on reads.", "What is the zselect module used for?"),
    (
      "If a circular dependency is found, the installation is aborted.",
      "What happens if a circular dependency is found?"
    ),
    ("If you miss a day, do not guess the amount of rain.", "What should you do if you miss a day?"),
    ("Float gauges need a well because waves would shake the float.", "Why do float gauges need a well?"),
    ("A promise is forced when its value is needed by a call.", "When is a promise forced?"),
    ("Maintainer scripts must not use the bash shell without a dependency.", "What must maintainer scripts not use?"),
    ("Host keys are stored in /etc/ssh and nowhere else.", "Where are host keys stored?"),
    ("Version 1 of the R system was released in February 2000.", "When was version 1 of the R system released?"),
    ("A disk label holds eight partition entries of equal size.", "How many partition entries does a disk label hold?"),
    ("A reading takes 120 ms in addition to the warm-up.", "How long does a reading take?"),
    ("The mount command attaches a file system to the tree of files.", "What does the mount command do?"),
    (
      "By default, the dpkg-buildpackage command builds binary packages and source packages.",
      "What does the dpkg-buildpackage command do by default?"
    ),
    ("The module lets you read compressed files as if they were plain.", "What does the module let you do?"),
  ]

  @Test("a sentence is asked the question that it answers", arguments: 0..<asked.count)
  func asks(_ index: Int) async throws {
    let (sentence, question) = Self.asked[index]
    let pairs = try await pairs([(.paragraph, sentence)])
    if question == "What does the module let you do?" {
      // `The module` alone says nothing to somebody who has not read the page.
      #expect(pairs.isEmpty)
      return
    }
    #expect(pairs.map(\.question) == [question])
    #expect(pairs.map(\.answer) == [sentence])
  }

  @Test(
    "nothing is asked that leans on the text around it, or that is no statement",
    arguments: [
      "It is a program that runs in the background.", "This option is a switch that turns the lamp on.",
      "The following table is a list of the known options.",
      "As shown above, a daemon is a program without a terminal.",
      "A daemon is a program, see Section 3.2 for its life.", "Figure 3 is a diagram of the whole data path.",
      "We define a daemon as a program that runs alone.", "However, a daemon is a program that runs alone.",
      "The first one is a program that runs in the background.", "Is a daemon a program that runs in the background?",
      "The function is a program that runs in the background.", "a daemon is a program that runs in the background.",
      "A daemon is a program that runs in the", "The problem is a lack of time and money.",
      "If it fails, the command prints a message.", "Daemons run.", "The -x option prints a trace of each call.",
      "The package lists are stored by the system in some place.",
      "A daemon is a program (that runs in the background.",
      "If a single value is given, the command prints a message.", "If mask is omitted, the command prints a message.",
      "If a format is specified, the record is read.", "The tool will warn about them4 if the file is too large.",
      "A great deal of code was written using just one language.", "CRAN also provides access to the mailing lists.",
      "Suppose package A wants to use the code of package B.", "All the methods require a first guess at their values.",
      "The tool will detect if more than one build is installed.",
      "Recent additions include terminals for many systems.",
      "Similar programs are tools that run in the background.", "Das ist ein Programm, das im Hintergrund läuft.",
      "x <- c(1, 2, 3); y is a vector that holds {z} here.",
    ])
  func staysSilent(_ sentence: String) async throws {
    #expect(try await pairs([(.paragraph, sentence)]).map(\.question) == [])
  }

  @Test("a list is the answer to the sentence that announces it")
  func lists() async throws {
    let pairs = try await pairs([
      (.paragraph, "To open a session, do these things:"), (.listItem, "1. Press Return twice."),
      (.listItem, "2. Wait for the prompt."),
    ])
    #expect(pairs.map(\.question) == ["How do you open a session?"])
    #expect(pairs.map(\.answer) == ["1. Press Return twice.\n2. Wait for the prompt."])
  }

  @Test("a heading that is a question is answered by what follows it")
  func questionsAsHeadings() async throws {
    let pairs = try await pairs([
      (.heading, "2.1 How do I keep the funnel clean?"), (.paragraph, "Wipe it with a dry cloth after each storm."),
    ])
    #expect(pairs.map(\.question) == ["How do I keep the funnel clean?"])
    #expect(pairs.map(\.answer) == ["Wipe it with a dry cloth after each storm."])
  }

  @Test("an entry of a table of options is asked by its name")
  func entries() async throws {
    let pairs = try await pairs([(.table, "--quiet\tprints nothing but errors\n-v\tprints a lot of things")])
    #expect(pairs.map(\.question) == ["What does the --quiet option do?"])
    #expect(pairs.map(\.answer) == ["prints nothing but errors"])
  }

  @Test("sections without statements are passed over")
  func silentSections() async throws {
    for heading in ["References", "7 Bibliography", "Table of Contents"] {
      let pairs = try await pairs([(.heading, heading), (.paragraph, "A daemon is a program that runs alone.")])
      #expect(pairs.isEmpty)
    }
  }

  @Test("answers and quotes are verbatim, questions end as questions, and no more are written than were asked for")
  func verbatim() async throws {
    let text = Self.asked.map(\.0).joined(separator: " ")
    let chunk = chunk([(.paragraph, text)])
    let pairs = try await pairs(in: chunk)
    #expect(pairs.count == 3)
    for pair in pairs {
      #expect(text.contains(pair.answer) && text.contains(pair.quote))
      #expect(pair.question.hasSuffix("?") && pair.rationale.contains("“"))
    }
    #expect(try await self.pairs(in: chunk).map(\.question) == pairs.map(\.question))
  }

  @Test("any text at all is read without a crash", arguments: 0..<40)
  func noise(_ seed: Int) async throws {
    var random = SplitMix(seed: UInt64(seed))
    let words = [
      "The", "a", "if", "is", "are", "must", "file", "uses", "use", ",", ".", "“", "”", "(", ")", "--x", "é", "文",
      "because",
      "Unlike", "to", "To", "By", "default,", "used", "than", ":", "\n", "1.", "following", "of", "can", "be", "by",
      "\u{0}",
    ]
    let roles: [Role] = [.heading, .paragraph, .listItem, .table]
    let blocks = (0..<30).map { _ in
      let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
      return (roles.randomElement(using: &random) ?? .paragraph, text.joined(separator: " "))
    }
    let chunk = chunk(blocks)
    for pair in try await pairs(in: chunk) { #expect(chunk.text.contains(pair.answer)) }
  }

  private func pairs(
    _ blocks: [(Role, String)]
  ) async throws -> [(question: String, rationale: String, answer: String, quote: String)] {
    try await pairs(in: chunk(blocks))
  }

  private func pairs(
    in chunk: Chunk
  ) async throws -> [(question: String, rationale: String, answer: String, quote: String)] {
    let request = QuestionAnswerTask().request(for: chunk, most: 3, sampling: Sampling())
    let reply = try await ExtractiveBackend().reply(to: request)
    let pairs = try #require(try JSONValue(parsing: reply.text)["pairs"]?.arrayValue)
    return pairs.map { pair in
      func field(_ name: String) -> String { pair[name]?.stringValue ?? "" }
      return (field("question"), field("rationale"), field("answer"), field("quote"))
    }
  }

  private func chunk(_ blocks: [(Role, String)]) -> Chunk {
    var text = ""
    var pieces: [Chunk.Piece] = []
    for (role, words) in blocks {
      if !text.isEmpty { text += role == .listItem && pieces.last?.role == .listItem ? "\n" : "\n\n" }
      let start = text.utf8.count
      text += words
      pieces.append(Chunk.Piece(role: role, level: nil, start: start, end: text.utf8.count, lines: []))
    }
    return Chunk(id: "c", documentID: "d", index: 0, headings: [], text: text, tokens: 1, pieces: pieces)
  }
}
