import Foundation
import LoopbackServer
import OrderedJSON
import Testing

/// The stages by themselves: JSON Lines in, JSON Lines out.
@Suite("stage commands")
struct StageCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String..., input: String? = nil) throws -> ForgeBinary.Result {
    try ForgeBinary.run(arguments, in: folder.path, input: input)
  }

  @Test func `extract, chunk and generate make what run makes`() throws {
    let json = try run("extract", ForgeBinary.samples, "--format", "json", "-q")
    #expect(json.status == 0)
    #expect(json.out.split(separator: "\n").count == 4)
    let chunks = try run("chunk", "-", "-o", "chunks.jsonl", "-q", input: json.out)
    #expect(chunks.status == 0, "\(chunks.err)")
    #expect(try run("generate", "chunks.jsonl", "-o", "candidates.jsonl", "-q").status == 0)
    #expect(try run("run", ForgeBinary.samples, "-o", "out", "-q").status == 0)
    let alone = try folder.rows("candidates.jsonl").compactMap { $0["id"]?.stringValue }
    let whole = try folder.rows("out/train.jsonl").compactMap { $0["id"]?.stringValue }
    #expect(!whole.isEmpty)
    #expect(Set(whole).isSubset(of: alone))
  }

  @Test func `extract writes one file a document, and text has a form feed a page`() throws {
    #expect(try run("extract", ForgeBinary.samples, "--format", "markdown", "-o", "texts", "-q").status == 0)
    #expect(folder.exists("texts/tide-gauge-handbook.md"))
    #expect(folder.text("texts/tide-gauge-handbook.md").contains("# "))
    let text = try run("extract", "\(ForgeBinary.samples)/tide-gauge-handbook.pdf", "-q")
    #expect(text.out.filter { $0 == "\u{0C}" }.count == 9)
  }

  @Test func `extract puts out the same bytes whatever the number of jobs`() throws {
    let one = try run("extract", ForgeBinary.samples, "--format", "json", "-q", "--jobs", "1")
    let many = try run("extract", ForgeBinary.samples, "--format", "json", "-q", "--jobs", "5")
    #expect(one.out == many.out)
  }

  @Test func `extract of what is no PDF exits with 2 and says why`() throws {
    let file = try folder.write("just text", to: "letter.pdf")
    let result = try run("extract", file, "--rejected", "rejected.jsonl")
    #expect(result.status == 2)
    #expect(result.err.contains("not-a-pdf"))
    #expect(try folder.rows("rejected.jsonl").map { $0["check"] } == ["not-a-pdf"])
  }

  @Test func `extract draws its pages where it is asked to`() throws {
    let pdf = "\(ForgeBinary.samples)/rain-gauge-leaflet.pdf"
    let drawn = try run("extract", pdf, "--debug-overlay", "pictures/new", "-q")
    #expect(drawn.status == 0, "\(drawn.err)")
    #expect(folder.exists("pictures/new/rain-gauge-leaflet-0001.png"))
    #expect(drawn.out == (try run("extract", pdf, "-q")).out)
    _ = try folder.write("text", to: "file")
    let refused = try run("extract", pdf, "--debug-overlay", "file", "-q")
    #expect(refused.status == 2 && refused.err.contains("cannot write file"), "\(refused.err)")
  }

  @Test func `generate keeps paid replies in a folder`() async throws {
    _ = try folder.samples(["rain-gauge-leaflet.pdf"])
    let documents = try run("extract", "pdfs", "--format", "json", "-q")
    _ = try run("chunk", "-", "-o", "chunks.jsonl", "-q", input: documents.out)
    try await LoopbackServer.with(MockModel.answer) { server in
      let arguments =
        ["generate", "chunks.jsonl", "-o", "candidates.jsonl", "--calls", "paid", "-q"] + MockModel.arguments(server)
      let first = try ForgeBinary.run(arguments, in: folder.path)
      #expect(first.status == 0)
      let asked = server.requests.count
      #expect(asked > 0)
      let second = try ForgeBinary.run(arguments, in: folder.path)
      #expect(second.status == 0)
      #expect(server.requests.count == asked, "a call was bought twice")
    }
  }

  @Test func `a tokenizer counts exactly what a chunk takes`() throws {
    // Each run of small letters is a token, and so is each run of anything else: half of the tokens are words. What stands
    // between two sentences of a chunk is not counted.
    try folder.write(ExportFolder.wordTokenizer, to: "tokenizer.json")
    let documents = try run("extract", ForgeBinary.samples, "--format", "json", "-q")
    let arguments = ["chunk", "-", "-q", "--max-tokens", "240", "-o"]
    let counted = ["counted.jsonl", "--tokenizer", "tokenizer.json"]
    for output in [["estimated.jsonl"], counted] {
      let result = try ForgeBinary.run(arguments + output, in: folder.path, input: documents.out)
      #expect(result.status == 0, "\(result.err)")
    }
    func longest(_ file: String) throws -> Int {
      try folder.rows(file).map { row in
        (row["text"]?.stringValue ?? "").split { !("a"..."z").contains($0) }.count
      }.max() ?? 0
    }
    #expect(try longest("counted.jsonl") <= 125)
    #expect(try longest("estimated.jsonl") > 150)
    let bad = try run("chunk", "-", "--tokenizer", "nowhere.json")
    #expect(bad.status == 2)
    #expect(bad.err.contains("nowhere.json"))
  }

  @Test func `a server that goes down leaves nobody waiting`() async throws {
    let documents = try run("extract", ForgeBinary.samples, "--format", "json", "-q")
    _ = try run("chunk", "-", "-o", "chunks.jsonl", "-q", input: documents.out)
    // The first request fails late, when all that may run ahead of it is done and waits to be written.
    try await LoopbackServer.with({ request in
      request.number == 0 ? .delay(.seconds(1), then: .error(401, "no")) : MockModel.answer(request)
    }) { server in
      let result = try ForgeBinary.run(
        ["generate", "chunks.jsonl", "-o", "out.jsonl", "-q", "--concurrency", "2"] + MockModel.arguments(server),
        in: folder.path, limit: 60)
      #expect(result.status == 2)
      #expect(!result.wasKilled)
      // What was answered before is kept; the rest is told of.
      #expect(result.err.contains("passages were left undone"), "\(result.err)")
      #expect(!folder.text("out.jsonl").isEmpty)
    }
  }

  @Test func `a line that is no JSON is rejected with its number and the rest goes on`() throws {
    let documents = try run("extract", ForgeBinary.samples, "--format", "json", "-q")
    let input = "{broken\n" + documents.out + "[1, 2]\n"
    let result = try run("chunk", "-", "-o", "chunks.jsonl", "--rejected", "rejected.jsonl", input: input)
    #expect(result.status == 0)
    #expect(try folder.rows("rejected.jsonl").map { $0["check"] } == ["not-json", "wrong-shape"])
    #expect(try folder.rows("rejected.jsonl")[0]["values"]?["line"] == 1)
    #expect(try folder.rows("chunks.jsonl").count > 10)
  }

  // MARK: filter

  private static func row(_ question: String, _ answer: String, quote: String = "") -> String {
    var row: JSONObject = [
      "messages": [["role": "user", "content": .string(question)], ["role": "assistant", "content": .string(answer)]]
    ]
    if !quote.isEmpty { row["source"] = ["quote": .string(quote)] }
    return JSONValue.object(row).serialized()
  }

  @Test(arguments: [
    ("empty-answer", [row("What is the capital of Norway?", "  ")]),
    ("length", [row("Why?", "The float drags a wire over a wheel, and the wheel turns the pen.")]),
    ("refusal", [row("What does the gauge record?", "I'm sorry, but I cannot answer that question.")]),
    ("repeats-question", [row("What is the height of the tide gauge?", "The height of the tide gauge.")]),
    ("context-dependent", [row("What does the passage above say about it?", "That the float is made of copper.")]),
    (
      "ungrounded",
      [row("How long is the wire of the float?", "The wire is 4711 metres long.", quote: "The wire is 12 metres long.")]
    ),
    ("noise", [row("What does the table show about it?", "a |||| ---- #### @@@@ ||| --- %% && ** (( )) == ++ b")]),
    (
      "exact-duplicate",
      [
        row("What is a seiche in a harbour?", "A standing oscillation of the water."),
        row("What is a seiche in a harbour?", "A standing oscillation of the water."),
      ]
    ),
    (
      "near-duplicate",
      [
        row(
          "What is a stilling well and what is it good for?",
          "A stilling well is a vertical pipe with a small opening that damps the waves, so that the float rises with the tide alone."
        ),
        row(
          "What is a stilling well and what is it good for?",
          "A stilling well is a vertical pipe with a small opening that damps the waves, so that the float rises with the tide only."
        ),
      ]
    ),
  ])
  func `each rule of the filter drops its row and says why`(rule: String, rows: [String]) throws {
    let good = Self.row(
      "When is the staff read?", "The staff is read at noon.", quote: "The staff is read at noon each day.")
    try folder.write((rows + [good]).joined(separator: "\n") + "\n", to: "rows.jsonl")
    let result = try run("filter", "rows.jsonl", "-o", "kept.jsonl", "--rejected", "rejected.jsonl")
    #expect(result.status == 0, "\(result.err)")
    let rejected = try folder.rows("rejected.jsonl")
    #expect(rejected.map { $0["check"]?.stringValue } == [rule])
    #expect(rejected.first?["item"]?["messages"] != nil, "the dropped row is not kept")
    #expect(try folder.rows("kept.jsonl").count == rows.count)
    // Without the rule the row stays.
    let other = rule == "length" ? "refusal" : "length"
    let without = try run("filter", "rows.jsonl", "-o", "all.jsonl", "--only", other, "--json")
    #expect(try JSONValue(parsing: without.out)["kept"]?.intValue == rows.count + 1)
  }

  @Test func `an unknown rule is answered with the nearest`() throws {
    try folder.write("", to: "rows.jsonl")
    let result = try run("filter", "rows.jsonl", "-o", "kept.jsonl", "--only", "near-dublicate")
    #expect(result.status == 2)
    #expect(result.err.contains("near-duplicate"))
  }

  @Test func `strict makes a dropped row count`() throws {
    try folder.write(Self.row("What is it that the gauge records?", "") + "\n", to: "rows.jsonl")
    #expect(try run("filter", "rows.jsonl", "-o", "kept.jsonl", "--strict").status == 1)
    #expect(folder.exists("kept.jsonl"))
  }

  // MARK: validate

  @Test func `each sample call ends as its name says`() throws {
    let samples = ForgeBinary.checkout + "/samples/tools"
    let result = try run(
      "validate", "\(samples)/calls.jsonl", "--tools", "\(samples)/tools.json", "-o", "verdicts.jsonl")
    #expect(result.status == 0, "\(result.err)")
    let verdicts = try folder.rows("verdicts.jsonl")
    #expect(verdicts.count >= 12)
    for verdict in verdicts {
      let id = try #require(verdict["id"]?.stringValue)
      let failed = verdict["checks"]?.arrayValue?.first { $0["pass"] == false }?["name"]?.stringValue
      if id.hasPrefix("good") {
        #expect(verdict["verdict"] == "pass", "\(verdict.serialized())")
      } else {
        #expect(verdict["verdict"] == "fail", "\(verdict.serialized())")
        #expect(id.contains("bad-\(failed ?? "")"), "\(verdict.serialized())")
      }
    }
    #expect(
      try run("validate", "\(samples)/calls.jsonl", "--tools", "\(samples)/tools.json", "-o", "v.jsonl", "--strict")
        .status == 1)
  }

  @Test func `only the checks that were asked for are done`() throws {
    let samples = ForgeBinary.checkout + "/samples/tools"
    let result = try run(
      "validate", "\(samples)/calls.jsonl", "--tools", "\(samples)/tools.json", "--checks", "format", "-q")
    let names = result.out.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
      .flatMap { $0["checks"]?.arrayValue ?? [] }.compactMap { $0["name"]?.stringValue }
    #expect(Set(names) == ["format"])
    let wrong = try run("validate", "\(samples)/calls.jsonl", "--checks", "shema")
    #expect(wrong.status == 2)
    #expect(wrong.err.contains("schema"))
  }

  @Test func `a tools file that cannot be read or understood`() throws {
    try folder.write("{\"messages\": []}\n", to: "rows.jsonl")
    #expect(try run("validate", "rows.jsonl", "--tools", "none.json").status == 2)
    try folder.write("[{\"type\": \"function\"}]", to: "tools.json")
    let result = try run("validate", "rows.jsonl", "--tools", "tools.json")
    #expect(result.status == 2)
    #expect(result.err.contains("tools.json"))
  }

  // MARK: export

  @Test func `export writes a workspace's rows, plain and compressed`() throws {
    #expect(try run("run", ForgeBinary.samples, "-o", "out", "-q").status == 0)
    #expect(try run("export", "out", "-o", "all.jsonl").status == 0)
    #expect(try run("export", "out", "-o", "all.jsonl.gz", "--no-reasoning").status == 0)
    let rows = try folder.rows("all.jsonl")
    let split =
      try folder.rows("out/train.jsonl")
      + (folder.exists("out/validation.jsonl") ? folder.rows("out/validation.jsonl") : [])
    #expect(Set(rows.map { $0["id"] }) == Set(split.map { $0["id"] }))
    #expect(rows.contains { $0.serialized().contains("reasoning_content") })
    #expect(folder.bytes("all.jsonl.gz")?.prefix(2) == Data([0x1F, 0x8B]))
    let again = try run("export", "all.jsonl.gz", "-o", "-", "-q")
    #expect(again.out.split(separator: "\n").count == rows.count)
    #expect(!again.out.contains("reasoning_content"))
  }

  @Test(arguments: [
    (#"{"messages": []}"#, "/messages"),
    (#"{"messages": [{"role": "boss", "content": "x"}]}"#, "/messages/0/role"),
    (#"{"messages": [{"role": "user"}]}"#, "/messages/0/content"),
    (
      #"{"messages": [{"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": "{"}}]}]}"#,
      "/arguments"
    ),
    (#"[]"#, "object"),
  ])
  func `a row that does not fit is rejected with its field`(row: String, place: String) throws {
    try folder.write(row + "\n", to: "rows.jsonl")
    let result = try run("export", "rows.jsonl", "-o", "out.jsonl", "--rejected", "rejected.jsonl")
    #expect(result.status == 0, "\(result.err)")
    let reason = try #require(try folder.rows("rejected.jsonl").first?["reason"]?.stringValue)
    #expect(reason.contains("line 1") && reason.contains(place), "\(reason)")
  }

  @Test func `export turns argument text into objects and drops nulls`() throws {
    let row =
      #"{"id":"a","messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\"b\": 1.0, \"a\": 2}"}}]}],"extra":null}"#
    try folder.write(row + "\n", to: "rows.jsonl")
    _ = try run("export", "rows.jsonl", "-o", "out.jsonl")
    #expect(!folder.text("out.jsonl").contains("null"))
    #expect(folder.text("out.jsonl").contains(#""arguments":{"b":1.0,"a":2}"#))
  }

  // MARK: status and doctor

  @Test func `status says what is there, for people and machines`() throws {
    #expect(try run("status", "nowhere").status == 2)
    #expect(try run("run", ForgeBinary.samples, "-o", "out", "-q").status == 0)
    let status = try run("status", "out")
    #expect(status.out.contains("done"))
    #expect(status.out.contains("samples"))
    let json = try JSONValue(parsing: try run("status", "out", "--json").out)
    #expect(json["run"]?["outcome"] == "done")
    #expect(json["counts"]?["documents"] == 4)
  }

  @Test func `doctor finds the libraries and says what to do about a server that is down`() throws {
    let well = try run("doctor")
    #expect(well.status == 0, "\(well.out)")
    #expect(well.out.contains("poppler"))
    let down = try run(
      "doctor", "--backend", "openai", "--base-url", "http://127.0.0.1:9/v1", "--model", "m", "--max-attempts", "1")
    #expect(down.status == 1)
    #expect(down.out.contains("127.0.0.1:9"))
  }
}
