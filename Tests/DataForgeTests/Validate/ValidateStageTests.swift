import DataForge
import OrderedJSON
import Testing

@Suite struct ValidateStageTests {
  private let chunk = QuoteFinderTests.plain("The valve opens at 4 bar. 水泵在四巴时打开阀门。 Port 8080 is free.")

  private func outcome(quoting quote: String) async throws -> Outcome<Judged> {
    let candidate = Candidate(
      id: "x", chunkID: "c", documentID: "d", task: "question-answer", generator: "test",
      messages: [
        Message(role: .user, content: "When does the valve open?"), Message(role: .assistant, content: "At 4 bar."),
      ], quote: quote)
    let outcomes = try await ValidateStage().run(CandidateInContext(candidate: candidate, chunk: chunk))
    #expect(outcomes.count == 1)
    return outcomes[0]
  }

  private func rejection(quoting quote: String) async throws -> Rejection? {
    if case .rejected(let rejection) = try await outcome(quoting: quote) { rejection } else { nil }
  }

  @Test func aQuoteThatIsFoundIsKeptWithItsPlace() async throws {
    guard case .kept(let judged) = try await outcome(quoting: "valve opens at 4 bar") else {
      Issue.record("rejected")
      return
    }
    #expect(judged.citation.start == 4)
    #expect(judged.candidate.id == "x")
  }

  @Test(arguments: ["", "  \n", "“…”", "---"])
  func noQuoteIsRejected(quote: String) async throws {
    #expect(try await rejection(quoting: quote)?.check == "quote-missing")
  }

  @Test(arguments: ["4 bar", "valve", "The", "opens", "阀门"])
  func aQuoteThatProvesNothingIsRejected(quote: String) async throws {
    #expect(try await rejection(quoting: quote)?.check == "quote-too-short")
  }

  @Test(arguments: ["Port 8080", "打开阀门"])
  func aShortQuoteThatSaysSomethingIsKept(quote: String) async throws {
    #expect(try await rejection(quoting: quote) == nil)
  }

  @Test func aQuoteThatIsNotThereIsRejectedWithItsOverlap() async throws {
    let rejection = try await rejection(quoting: "the valve opens at 5 bar")
    #expect(rejection?.check == "quote-not-found")
    #expect(rejection?.values["overlap"]?.doubleValue == 0.667)
    #expect(rejection?.item?["quote"]?.stringValue == "the valve opens at 5 bar")
    #expect(rejection?.stage == .validate)
  }

  @Test func anInventedQuoteHasNoOverlap() async throws {
    let rejection = try await rejection(quoting: "zebras gallop quickly")
    #expect(rejection?.values["overlap"]?.doubleValue == 0)
  }
}
