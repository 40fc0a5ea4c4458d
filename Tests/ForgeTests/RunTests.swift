import Foundation
import LoopbackServer
import OrderedJSON
import Testing

@Suite("forge run")
struct RunTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `the samples become a dataset whose quotes stand on their pages`() throws {
    let result = try ForgeBinary.run(["run", ForgeBinary.samples, "-o", "out"], in: folder.path)
    #expect(result.status == 0, "\(result.err)")
    let rows =
      try folder.rows("out/train.jsonl")
      + (folder.exists("out/validation.jsonl") ? folder.rows("out/validation.jsonl") : [])
    #expect(rows.count >= 10)
    for row in rows {
      let roles = row["messages"]?.arrayValue?.compactMap { $0["role"]?.stringValue }
      #expect(roles == ["user", "assistant"])
      #expect(row["source"]?["pages"]?.arrayValue?.isEmpty == false)
      #expect(row["source"]?["boxes"]?.arrayValue?.isEmpty == false)
      #expect(row["source"]?["sha256"]?.stringValue?.count == 64)
    }
    // The quote is on the page by another reader's word too.
    let row = try #require(rows.first)
    let pdf = try #require(row["source"]?["document"]?.stringValue)
    let page = try #require(row["source"]?["pages"]?[0]?.intValue)
    let extracted = try ForgeBinary.run(["extract", "\(ForgeBinary.samples)/\(pdf)", "--format", "json", "-q"])
    let document = try JSONValue(parsing: extracted.out.split(separator: "\n").first.map(String.init) ?? "")
    let onPage = document["pages"]?[page - 1]?["blocks"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
    let quote = try #require(row["source"]?["quote"]?.stringValue)
    #expect(onPage.joined(separator: "\n").contains(quote.split(separator: "\n").first ?? ""))
  }

  @Test func `it shows a finished sample, what was kept and rejected, and the files`() throws {
    let result = try ForgeBinary.run(["run", ForgeBinary.samples, "-o", "out"], in: folder.path)
    for word in ["A finished sample", "quote", "page", "Kept", "Rejected", "out/train.jsonl", "out/rejected.jsonl"] {
      #expect(result.out.contains(word), "\(word) is missing in: \(result.out)")
    }
  }

  @Test func `every candidate ends in the dataset or among the rejected`() throws {
    let result = try ForgeBinary.run(["run", ForgeBinary.samples, "-o", "out", "--json", "-q"], in: folder.path)
    let summary = try JSONValue(parsing: result.out)
    let counts = try #require(summary["counts"])
    let candidates = try #require(counts["candidates"]?.intValue)
    let samples = try #require(counts["samples"]?.intValue)
    let later = (counts["rejected"]?.arrayValue ?? []).filter {
      ["validate", "filter"].contains($0["stage"]?.stringValue)
    }
    #expect(candidates == samples + later.reduce(0) { $0 + ($1["count"]?.intValue ?? 0) })
    let rejected = try folder.rows("out/rejected.jsonl")
    #expect(rejected.count == summary["rejected"]?.intValue)
    for row in rejected {
      #expect(row["check"]?.stringValue?.isEmpty == false)
      #expect(row["reason"]?.stringValue?.isEmpty == false)
    }
  }

  @Test func `the number of jobs does not change a byte`() throws {
    for jobs in ["1", "4"] {
      let result = try ForgeBinary.run(
        ["run", ForgeBinary.samples, "-o", "out\(jobs)", "--jobs", jobs, "-q"], in: folder.path)
      #expect(result.status == 0)
    }
    for file in ["train.jsonl", "rejected.jsonl", "README.md"] {
      #expect(folder.bytes("out1/\(file)") == folder.bytes("out4/\(file)"), "\(file) differs")
    }
  }

  @Test func `a second run has nothing to do and writes the same files`() throws {
    let arguments = ["run", ForgeBinary.samples, "-o", "out", "-q"]
    _ = try ForgeBinary.run(arguments, in: folder.path)
    let before = folder.bytes("out/train.jsonl")
    let again = try ForgeBinary.run(arguments, in: folder.path)
    #expect(again.status == 0)
    #expect(folder.bytes("out/train.jsonl") == before)
  }

  @Test func `an output folder inside the input is no input of the next run`() throws {
    let pdfs = try folder.samples(["rain-gauge-leaflet.pdf"])
    for _ in 1...2 {
      #expect(try ForgeBinary.run(["run", pdfs, "-o", pdfs + "/out", "-q", "--strict"], in: folder.path).status <= 1)
      let kinds = try folder.rows("pdfs/out/rejected.jsonl").compactMap { $0["check"]?.stringValue }
      #expect(!kinds.contains("unsupported-kind"))
    }
  }

  @Test func `quiet says nothing and json says one line`() throws {
    let quiet = try ForgeBinary.run(["run", ForgeBinary.samples, "-o", "a", "--quiet"], in: folder.path)
    #expect(quiet.out.isEmpty)
    #expect(quiet.err.isEmpty)
    let json = try ForgeBinary.run(["run", ForgeBinary.samples, "-o", "b", "--json", "--quiet"], in: folder.path)
    #expect(json.out.split(separator: "\n").count == 1)
  }

  @Test func `strict exits with 1 where something was rejected`() throws {
    let pdfs = try folder.samples(["rain-gauge-leaflet.pdf"])
    try folder.write("not a PDF", to: "pdfs/broken.pdf")
    let lenient = try ForgeBinary.run(["run", pdfs, "-o", "a", "-q"], in: folder.path)
    #expect(lenient.status == 0)
    let strict = try ForgeBinary.run(["run", pdfs, "-o", "b", "-q", "--strict"], in: folder.path)
    #expect(strict.status == 1)
  }

  @Test func `a model behind a server writes the dataset and each call is kept`() async throws {
    let pdfs = try folder.samples(["rain-gauge-leaflet.pdf"])
    try await LoopbackServer.with(MockModel.answer) { server in
      let arguments = ["run", pdfs, "-o", "out", "-q", "--json"] + MockModel.arguments(server)
      let result = try ForgeBinary.run(arguments, in: folder.path)
      #expect(result.status == 0, "\(result.err)")
      let summary = try JSONValue(parsing: result.out)
      #expect(summary["rows"]?["train"]?.intValue ?? 0 > 0)
      #expect(summary["counts"]?["calls"]?.intValue == server.requests.count)
      let asked = server.requests.count
      let again = try ForgeBinary.run(arguments, in: folder.path)
      #expect(again.status == 0)
      #expect(server.requests.count == asked, "a call was bought twice")
      let format = server.requests.first?.json?["response_format"]?["type"]?.stringValue
      #expect(format == "json_schema")
    }
  }

  @Test func `a dry run asks nothing and says what it would take`() async throws {
    let pdfs = try folder.samples(["rain-gauge-leaflet.pdf"])
    try await LoopbackServer.with(MockModel.answer) { server in
      let result = try ForgeBinary.run(
        ["run", pdfs, "-o", "out", "--dry-run", "--input-price", "1", "--output-price", "2"]
          + MockModel.arguments(server), in: folder.path)
      #expect(result.status == 0)
      #expect(server.requests.isEmpty)
      #expect(result.out.contains("at most $"))
      #expect(!folder.exists("out/train.jsonl"))
    }
  }

  @Test func `a budget is never passed, and a larger one goes on`() async throws {
    let pdfs = try folder.samples(["tide-gauge-handbook.pdf"])
    try await LoopbackServer.with(MockModel.answer) { server in
      // One call reserves its prompt and the 1,536 tokens that its reply may have.
      let small = try ForgeBinary.run(
        ["run", pdfs, "-o", "out", "--budget", "4000", "--concurrency", "1", "--json", "-q"]
          + MockModel.arguments(server), in: folder.path)
      #expect(small.status == 0, "\(small.err)")
      let summary = try JSONValue(parsing: small.out)
      #expect(summary["end"]?.stringValue == "budget_reached")
      #expect(summary["chunks_left"]?.intValue ?? 0 > 0)
      let asked = server.requests.count
      #expect(asked > 0)
      let large = try ForgeBinary.run(
        ["run", pdfs, "-o", "out", "--budget", "10000000", "--json", "-q"] + MockModel.arguments(server),
        in: folder.path)
      let whole = try JSONValue(parsing: large.out)
      #expect(whole["end"]?.stringValue == "done")
      #expect(server.requests.count == whole["counts"]?["calls"]?.intValue)
    }
  }

  @Test func `a budget buys no less with many requests under way than with one`() async throws {
    let pdfs = try folder.samples(["tide-gauge-handbook.pdf"])
    var calls: [Int] = []
    for concurrency in ["1", "16"] {
      try await LoopbackServer.with({ .delay(.milliseconds(20), then: MockModel.answer($0)) }) { server in
        let result = try ForgeBinary.run(
          ["run", pdfs, "-o", "out\(concurrency)", "--budget", "4000", "--concurrency", concurrency, "-q"]
            + MockModel.arguments(server), in: folder.path)
        #expect(result.status == 0)
        calls.append(server.requests.count)
      }
    }
    // The mock takes 120 tokens a call, far less than what a call reserves.
    #expect(calls[0] > 3)
    // With many under way a smaller call may still fit where the next in order does not.
    #expect(calls[0] <= calls[1] && calls[1] <= calls[0] + 1)
  }

  @Test func `a sample that a rule dropped can be read among the rejected`() throws {
    try folder.write("filter:\n  question_characters: [30, 2000]\n", to: "qa.yaml")
    #expect(
      try ForgeBinary.run(["run", ForgeBinary.samples, "-o", "out", "--recipe", "qa.yaml", "-q"], in: folder.path)
        .status == 0)
    let dropped = try folder.rows("out/rejected.jsonl").filter { $0["check"]?.stringValue == "length" }
    #expect(!dropped.isEmpty)
    for row in dropped {
      #expect(row["item"]?["messages"]?[0]?["content"]?.stringValue?.isEmpty == false)
      #expect(row["page"]?.intValue ?? 0 > 0)
    }
  }

  @Test func `a recipe decides`() throws {
    let recipe = try folder.write(
      "chunk:\n  max_tokens: 120\nexport:\n  reasoning: false\n  split:\n    validation: 0\n", to: "qa.yaml")
    let result = try ForgeBinary.run(
      ["run", ForgeBinary.samples, "-o", "out", "--recipe", recipe, "-q"], in: folder.path)
    #expect(result.status == 0, "\(result.err)")
    #expect(!folder.text("out/train.jsonl").contains("reasoning_content"))
    #expect(!folder.exists("out/validation.jsonl"))
    #expect(folder.text("out/README.md").contains("max_tokens: 120"))
  }

  @Test func `a folder that grew costs only what is new`() async throws {
    let pdfs = try folder.samples(["rain-gauge-leaflet.pdf"])
    try await LoopbackServer.with(MockModel.answer) { server in
      let arguments = ["run", pdfs, "-o", "out", "-q"] + MockModel.arguments(server)
      _ = try ForgeBinary.run(arguments, in: folder.path)
      let first = Set(server.requests.map(\.body))
      _ = try folder.samples(["heron-reference.pdf"], as: "more")
      try FileManager.default.moveItem(
        atPath: folder.path + "/more/heron-reference.pdf", toPath: pdfs + "/heron-reference.pdf")
      _ = try ForgeBinary.run(arguments, in: folder.path)
      let bodies = server.requests.map(\.body)
      #expect(bodies.count == Set(bodies).count, "a call was bought twice")
      #expect(bodies.count > first.count)
    }
  }
}
