import DataForge
import OrderedJSON
import Testing

@Suite struct SplitTests {
  private func document(_ name: String, _ members: JSONObject = [:]) -> JSONObject {
    var row: JSONObject = ["source": ["sha256": .string(name), "document": "d"]]
    for (key, value) in members { row[key] = value }
    return row
  }

  /// Finished workspaces rely on these.
  @Test func documentsStayWhereTheyWereBeforeThereWasATestShare() {
    let rule = SplitRule(validation: 0.3)
    let splits = (0..<24).map { rule.split(of: "document \($0)") == .validation ? "v" : "t" }.joined()
    #expect(splits == "tttttttvttttvvtttttvtttt")
    let seeded = SplitRule(validation: 0.3, seed: 7)
    #expect((0..<24).map { seeded.split(of: "document \($0)") == .validation ? "v" : "t" }.joined() != splits)
  }

  @Test func aTestShareTakesFromTrainOnly() {
    let before = SplitRule(validation: 0.2)
    let after = SplitRule(validation: 0.2, test: 0.2)
    var counts: [Split: Int] = [:]
    for number in 0..<2000 {
      let split = after.split(of: "\(number)")
      counts[split, default: 0] += 1
      if split != .test { #expect(split == before.split(of: "\(number)")) }
    }
    #expect((340...460).contains(counts[.test] ?? 0))
    #expect((340...460).contains(counts[.validation] ?? 0))
  }

  @Test func aRuleWithoutATestShareIsWrittenAsBefore() throws {
    let old: JSONValue = ["validation": 0.1, "seed": 3]
    #expect(try JSONValueEncoder().encode(SplitRule(validation: 0.1, seed: 3)) == old)
    #expect(try JSONValueDecoder().decode(SplitRule.self, from: old) == SplitRule(validation: 0.1, seed: 3))
    let new = SplitRule(validation: 0.1, test: 0.2)
    #expect(try JSONValueDecoder().decode(SplitRule.self, from: JSONValueEncoder().encode(new)) == new)
  }

  @Test func sharesThatLeaveNothingToTrainOnAreFaults() {
    #expect(SplitRule(validation: 0.1, test: 0.1).fault == nil)
    #expect(SplitRule(validation: 0.5, test: 0.5).fault?.contains("train") == true)
    #expect(SplitRule(validation: 0.6).fault?.contains("validation is 0.6") == true)
    #expect(SplitRule(validation: 0, test: -1).fault?.contains("test") == true)
    #expect(SplitRule(validation: .nan).fault != nil)
  }

  @Test func rowsOfADocumentStayTogetherAndFollowItsHash() throws {
    let rule = SplitRule(validation: 0.3, test: 0.3)
    var splitter = RowSplitter(rule: rule)
    for number in 0..<50 {
      #expect(try splitter.split(of: document("\(number)")) == rule.split(of: "\(number)"))
      #expect(try splitter.split(of: ["source": ["document": .string("\(number)")]]) == rule.split(of: "\(number)"))
    }
    let foreign: JSONObject = ["messages": [["role": "user"]], "id": "1"]
    let again: JSONObject = ["id": "2", "messages": [["role": "user"]]]
    #expect(try splitter.split(of: foreign) == splitter.split(of: again))
  }

  @Test func aGroupFieldIsAKeyOrAPointer() throws {
    let rule = SplitRule(validation: 0.5)
    for (name, row) in [
      ("topic", ["topic": "x"] as JSONObject), ("/topic", ["topic": "x"]), ("/a/1/b~1c", ["a": [0, ["b/c": "x"]]]),
      ("a.b", ["a.b": "x"]),
    ] {
      var splitter = RowSplitter(rule: rule, group: RowField(name))
      #expect(try splitter.split(of: row) == rule.split(of: "x"))
    }
    var splitter = RowSplitter(rule: rule, group: RowField("/a/0"))
    #expect(try splitter.split(of: ["a": [7]]) == rule.split(of: "7"))
    let missing = try misfit { _ = try splitter.split(of: ["a": [nil]]) }
    #expect(missing?.path == "/a/0")
  }

  @Test func eachStratumHasItsSharesAsExactlyAsItsGroupsPermit() throws {
    var splitter = RowSplitter(rule: SplitRule(validation: 0.2, test: 0.1), stratum: RowField("topic"))
    var counts: [String: [Split: Int]] = [:]
    var random = RandomRows(seed: 9)
    var totals: [String: Int] = [:]
    for number in 0..<1200 {
      let topic = ["a", "b", "c"][[0, 0, 0, 0, 0, 0, 1, 1, 1, 2][random.below(10)]]
      let split = try splitter.split(of: document("\(number)", ["topic": .string(topic)]))
      counts[topic, default: [:]][split, default: 0] += 1
      totals[topic, default: 0] += 1
      for (split, share) in [(Split.train, 0.7), (.validation, 0.2), (.test, 0.1)] {
        let off = Double(counts[topic]?[split] ?? 0) - share * Double(totals[topic] ?? 0)
        #expect(abs(off) < 1.0001, "\(topic) \(split) after \(totals[topic] ?? 0)")
      }
    }
  }

  @Test func aStratifiedGroupNeverStandsInTwoSplitsAndAddedRowsMoveNone() throws {
    let rule = SplitRule(validation: 0.3, test: 0.2)
    var random = RandomRows(seed: 11)
    let rows = (0..<2000).map { _ in
      document("\(random.below(300))", ["topic": .string("\(random.below(4))")])
    }
    var whole = RowSplitter(rule: rule, stratum: RowField("topic"))
    var part = RowSplitter(rule: rule, stratum: RowField("topic"))
    let all = try rows.map { try whole.split(of: $0) }
    #expect(try rows.prefix(700).map { try part.split(of: $0) } == Array(all.prefix(700)))
    var splits: [JSONValue: Split] = [:]
    for (row, split) in zip(rows, all) {
      let group = try #require(row["source"]?["sha256"])
      #expect(splits[group] ?? split == split)
      splits[group] = split
    }
  }

  @Test func aSmallStratumBeginsWithTrain() throws {
    var splitter = RowSplitter(rule: SplitRule(validation: 0.1, test: 0.1), stratum: RowField("topic"))
    let splits = try (0..<10).map { try splitter.split(of: document("\($0)", ["topic": "x"])) }
    #expect(splits.prefix(3).allSatisfy { $0 == .train })
    #expect(splits.count { $0 == .train } == 8)
    #expect(splits.count { $0 == .test } == 1)
  }

  @Test func aPartWithoutAShareGetsNothing() throws {
    var splitter = RowSplitter(rule: SplitRule(validation: 0.3), stratum: RowField("topic"))
    for number in 0..<200 {
      #expect(try splitter.split(of: document("\(number)", ["topic": .integer(number % 7)])) != .test)
    }
  }

  @Test func aRowWithoutItsStratumIsRejected() throws {
    var splitter = RowSplitter(rule: SplitRule(), stratum: RowField("topic"))
    #expect(try misfit { _ = try splitter.split(of: document("1")) }?.path == "/topic")
  }
}
