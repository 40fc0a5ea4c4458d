import OrderedJSON
import Testing

@testable import DataForge

@Suite struct GroundingTests {
  private let evidence = """
    The feed pump was installed in 1998 and moves 1,250 litres of water a minute. Its relief valve opens at 4.5 bar. The
    operator must check the seals every three weeks; a worn seal leaks and lets the bearing run dry, which destroys it
    within 12 hours. 18-year-old trainees may only watch.
    """

  private func rejection(_ question: String, _ answer: String) throws -> Rejection? {
    var run = try FilterRun(options: FilterOptions(only: ["ungrounded"]))
    return try run.judge(FilterSubject(id: "x", question: question, answer: answer, evidence: evidence))
  }

  /// Honest answers in other words: the words of content are largely the document's.
  @Test(arguments: [
    ("How often are seals checked?", "Every three weeks."), ("How often are seals checked?", "Once every 3 weeks."),
    ("How much water does the pump move?", "It moves 1250 litres per minute."),
    ("When does the valve open?", "The valve is opened when 4.5 bar are reached."),
    ("Why are worn seals dangerous?", "A leaking seal makes the bearings run dry and be destroyed within 12 hours."),
    ("Is the pump older than 2000?", "Yes, it was installed in 1998, before 2000."),
    ("How old are trainees?", "They are 18 years old."),
    ("What has to be done?", "1. Check the seals.\n2. Watch for leaks.\n3. Replace what is worn."),
    ("Is it safe?", "No."),
  ])
  func honestAnswersStay(question: String, answer: String) throws {
    #expect(try rejection(question, answer) == nil)
  }

  @Test(arguments: [
    ("How often are seals checked?", "Every 5 weeks."), ("When was it installed?", "In 1989."),
    ("How much water does the pump move?", "It moves 1,520 litres a minute."),
    ("When does the valve open?", "At 45 bar."),
    ("Who built the pump?", "Engineers from a Norwegian shipyard constructed it during winter."),
    ("What is photosynthesis?", "Plants turning sunlight into sugar."),
  ])
  func inventedAnswersAreDropped(question: String, answer: String) throws {
    #expect(try rejection(question, answer)?.check == "ungrounded")
  }

  @Test func theNumberThatDecidedIsNamed() throws {
    #expect(try rejection("How often?", "Every 5 weeks.")?.values["numbers"] == ["5"])
  }

  @Test func withoutEvidenceNothingIsSaid() throws {
    var run = try FilterRun()
    #expect(try run.judge(FilterSubject(id: "x", question: "What is this thing?", answer: "Zebras eat 77.")) == nil)
  }

  // MARK: Against people's judgements

  private static let summaries = ConformanceFolder.path("grounding/qags_cnndm.json")
  private static let paragraphs = ConformanceFolder.path("grounding/xquad_en_half.json")

  @Test(.enabled(if: summaries != nil, "the conformance data are not there; set FORGE_CONFORMANCE"))
  func scoresRiseWithPeoplesJudgementOfConsistency() throws {
    let path = try #require(Self.summaries)
    let rows = try #require(ConformanceFolder.json(path).arrayValue)
    let judged = rows.compactMap { row -> (score: Double, human: Double)? in
      guard let source = row["source"]?.stringValue, let summary = row["system_output"]?.stringValue,
        let human = row["scores"]?["consistency"]?.doubleValue
      else { return nil }
      let score = GroundingScore(answer: summary, question: "", evidence: EvidenceWords(source))
      return (score.value, human)
    }
    let spearman = Self.spearman(judged.map(\.score), judged.map(\.human))
    let area = Self.areaUnderCurve(judged.map { ($0.score, $0.human > 0.5) })
    let dropped = rows.enumerated().filter { index, row in
      let score = GroundingScore(
        answer: row["system_output"]?.stringValue ?? "", question: "",
        evidence: EvidenceWords(row["source"]?.stringValue ?? ""))
      return judged[index].human == 1 && (score.support < FilterOptions().grounding || !score.strangeNumbers.isEmpty)
    }
    print("QAGS: Spearman \(spearman), AUC \(area); dropped of those that all call consistent: \(dropped.count)")
    #expect(spearman > 0.5)
    #expect(area > 0.78)
  }

  @Test(.enabled(if: paragraphs != nil, "the conformance data are not there; set FORGE_CONFORMANCE"))
  func trueAnswersStayAndThoseOfOtherParagraphsAreDropped() throws {
    let path = try #require(Self.paragraphs)
    let articles = try #require(ConformanceFolder.json(path)["data"]?.arrayValue)
    let paragraphs = articles.flatMap { $0["paragraphs"]?.arrayValue ?? [] }
    var run = try FilterRun(options: FilterOptions(only: ["ungrounded"]))
    var trueAnswers = 0
    var falseDrops = 0
    var caught = 0
    for (index, paragraph) in paragraphs.enumerated() {
      let own = paragraph["context"]?.stringValue ?? ""
      let other = paragraphs[(index + 1) % paragraphs.count]["context"]?.stringValue ?? ""
      for question in paragraph["qas"]?.arrayValue ?? [] {
        let asked = question["question"]?.stringValue ?? ""
        let answer = question["answers"]?[0]?["text"]?.stringValue ?? ""
        trueAnswers += 1
        if try run.judge(FilterSubject(id: "x", question: asked, answer: answer, evidence: own)) != nil {
          falseDrops += 1
        }
        if try run.judge(FilterSubject(id: "x", question: asked, answer: answer, evidence: other)) != nil {
          caught += 1
        }
      }
    }
    print("XQuAD: of \(trueAnswers) true answers \(falseDrops) dropped; of as many strange ones \(caught)")
    #expect(trueAnswers > 300)
    #expect(Double(falseDrops) < 0.01 * Double(trueAnswers))
    #expect(Double(caught) > 0.85 * Double(trueAnswers))
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 }
      start = end + 1
    }
    return ranks
  }

  private static func spearman(_ left: [Double], _ right: [Double]) -> Double {
    let (left, right) = (ranks(left), ranks(right))
    let count = Double(left.count)
    let (meanLeft, meanRight) = (left.reduce(0, +) / count, right.reduce(0, +) / count)
    let shared = zip(left, right).reduce(0) { $0 + ($1.0 - meanLeft) * ($1.1 - meanRight) }
    let spreadLeft = left.reduce(0) { $0 + ($1 - meanLeft) * ($1 - meanLeft) }
    let spreadRight = right.reduce(0) { $0 + ($1 - meanRight) * ($1 - meanRight) }
    return shared / (spreadLeft * spreadRight).squareRoot()
  }

  private static func areaUnderCurve(_ scored: [(Double, Bool)]) -> Double {
    let good = scored.filter(\.1).map(\.0)
    let bad = scored.filter { !$0.1 }.map(\.0)
    let wins = good.reduce(0.0) { sum, score in
      sum + bad.reduce(0.0) { $0 + (score > $1 ? 1 : score == $1 ? 0.5 : 0) }
    }
    return wins / Double(good.count * bad.count)
  }
}
