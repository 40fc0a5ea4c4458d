import DataForge
import Testing

@Suite struct DuplicateTests {
  private let first = FilterSubject(
    id: "one", question: "When does the relief valve of the feed pump open during normal operation?",
    answer: "The relief valve of the feed pump opens as soon as the pressure exceeds 4 bar.")

  private func changed(_ id: String, question: String? = nil, answer: String? = nil) -> FilterSubject {
    FilterSubject(id: id, question: question ?? first.question, answer: answer ?? first.answer)
  }

  @Test func theSameWordsAreAnExactDuplicateOfTheFirst() throws {
    var run = try FilterRun()
    #expect(try run.judge(first) == nil)
    let copy = changed("two", question: first.question.uppercased(), answer: "  " + first.answer + "!")
    let rejection = try run.judge(copy)
    #expect(rejection?.check == "exact-duplicate")
    #expect(rejection?.values["of"]?.stringValue == "one")
  }

  @Test func nearlyTheSameWordsAreANearDuplicate() throws {
    var run = try FilterRun()
    #expect(try run.judge(first) == nil)
    let near = changed(
      "two", answer: "The relief valve of the feed pump opens as soon as pressure exceeds 4 bar.")
    let rejection = try run.judge(near)
    #expect(rejection?.check == "near-duplicate")
    #expect(rejection?.values["of"]?.stringValue == "one")
    #expect((rejection?.values["similarity"]?.doubleValue ?? 0) >= 0.8)
  }

  @Test func anotherNumberIsAnotherSample() throws {
    var run = try FilterRun()
    #expect(try run.judge(first) == nil)
    #expect(
      try run.judge(
        changed("two", answer: "The relief valve of the feed pump opens as soon as the pressure exceeds 6 bar."))
        == nil)
  }

  @Test func anotherAnswerIsAnotherSample() throws {
    var run = try FilterRun()
    #expect(try run.judge(first) == nil)
    #expect(try run.judge(changed("two", answer: "Only when the operator turns the red wheel by hand.")) == nil)
  }

  @Test func whatWasDroppedHidesNothing() throws {
    var run = try FilterRun()
    // The first is dropped for another reason, so the second is the first that stays.
    let refusing = FilterSubject(id: "zero", question: first.question, answer: "I cannot answer this question.")
    #expect(try run.judge(refusing)?.check == "refusal")
    let same = FilterSubject(id: "zero2", question: first.question, answer: "I cannot answer this question.")
    #expect(try run.judge(same)?.check == "refusal")
  }

  @Test func questionAndAnswerAreToldApart() throws {
    var run = try FilterRun(options: FilterOptions(only: ["exact-duplicate"]))
    #expect(try run.judge(FilterSubject(id: "a", question: "one two", answer: "three four")) == nil)
    #expect(try run.judge(FilterSubject(id: "b", question: "one two three", answer: "four")) == nil)
  }

  @Test func theFirstOfSeveralDuplicatesIsNamed() throws {
    var run = try FilterRun(options: FilterOptions(only: ["near-duplicate"]))
    #expect(try run.judge(first) == nil)
    for id in ["two", "three"] {
      #expect(try run.judge(changed(id))?.values["of"]?.stringValue == "one")
    }
  }

  /// Against the definition: every pair compared, in order.
  @Test func theIndexFindsWhatComparingAllPairsFinds() throws {
    let verbs = ["opens", "closes", "stops", "starts", "turns", "heats", "cools", "drains"]
    let nouns = ["valve", "pump", "filter", "heater", "sensor", "cover", "seal", "tank", "pipe", "gauge"]
    var number: UInt64 = 42
    func next(_ bound: Int) -> Int {
      number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(number >> 33) % bound
    }
    var subjects: [FilterSubject] = []
    for index in 0..<400 {
      let words = (0..<14).map { $0 % 3 == 1 ? verbs[next(verbs.count)] : nouns[next(nouns.count)] }
      var text = words.joined(separator: " ")
      if index > 20, next(3) == 0 {
        // A variant of an earlier one, with one word changed.
        var earlier = subjects[next(subjects.count)].answer.split(separator: " ").map(String.init)
        earlier[next(earlier.count)] = nouns[next(nouns.count)]
        text = earlier.joined(separator: " ")
      }
      subjects.append(FilterSubject(id: "\(index)", question: "What happens then?", answer: text))
    }
    var run = try FilterRun(options: FilterOptions(only: ["near-duplicate"]))
    var kept: [(id: String, shingles: Set<String>)] = []
    var missed = 0
    var found = 0
    for subject in subjects {
      let text = Array("what happens then \(subject.answer) ")
      let shingles = Set((0...text.count - 5).map { String(text[$0..<$0 + 5]) })
      let isDuplicate = kept.contains { other in
        let shared = other.shingles.intersection(shingles).count
        return Double(shared) / Double(other.shingles.count + shingles.count - shared) >= 0.8
      }
      let rejected = try run.judge(subject) != nil
      if isDuplicate { found += 1 }
      if isDuplicate, !rejected { missed += 1 }
      // What is rejected is a duplicate: similarities are exact, whatever the sketch says.
      #expect(isDuplicate || !rejected)
      if !rejected { kept.append((subject.id, shingles)) }
    }
    #expect(found > 30)
    #expect(missed <= found / 50)
  }

  @Test func manySubjectsGiveTheSameVerdictsEveryTime() throws {
    func verdicts() throws -> [String?] {
      var run = try FilterRun()
      return try (0..<2_000).map { number in
        try run.judge(
          FilterSubject(
            id: "\(number)", question: "What is part \(number % 700) of the machine called?",
            answer: "It is called the component of kind \(number % 700).")
        ).map { "\($0.check) \($0.values)" }
      }
    }
    let first = try verdicts()
    #expect(try verdicts() == first)
    #expect(first[..<700].allSatisfy { $0 == nil })
    #expect(first[700...].allSatisfy { $0?.hasPrefix("exact-duplicate") == true })
  }
}
