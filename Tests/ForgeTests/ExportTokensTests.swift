import OrderedJSON
import Testing

/// Rows as tokens: labels, lengths, packing.
@Suite("export as tokens")
struct ExportTokensTests {
  private let here: ExportFolder
  private let tokenizer: String

  init() throws {
    here = try ExportFolder()
    tokenizer = try here.folder.write(ExportFolder.wordTokenizer, to: "tokenizer.json")
  }

  /// `<|im_start|>` user `\n` one `<|im_end|>` `\n`: six tokens a turn.
  private func export(_ rows: [String], template: String = "chatml", _ arguments: [String] = []) throws {
    try here.folder.write(rows.joined(separator: "\n") + "\n", to: "rows.jsonl")
    let result = try ForgeBinary.run(
      ["export", "rows.jsonl", "-o", "out.jsonl", "--rejected", "rejected.jsonl", "-q", "--format", "tokens"]
        + ["--template", template, "--tokenizer", tokenizer] + arguments, in: here.folder.path)
    #expect(result.status == 0, "\(result.err)")
  }

  private func numbers(_ row: JSONValue?, _ key: String) -> [Int] {
    row?[key]?.arrayValue?.compactMap(\.intValue) ?? []
  }

  @Test func `labels hide everything but what the assistant says`() throws {
    try export([ExportFolder.chatRow])
    let row = try here.written().first
    #expect(
      numbers(row, "input_ids") == [1, 3, 10, 6, 2, 10, 1, 4, 10, 7, 2, 10, 1, 3, 10, 8, 2, 10, 1, 4, 10, 9, 2, 10])
    let hidden = [Int](repeating: -100, count: 9)
    #expect(numbers(row, "labels") == hidden + [7, 2, -100] + hidden + [9, 2, -100])
    #expect(numbers(row, "attention_mask") == [Int](repeating: 1, count: 24))
  }

  @Test func `a template without marks gives the same labels`() throws {
    try export([ExportFolder.chatRow])
    let marked = try here.written()
    try export([ExportFolder.chatRow], template: here.folder.write(ExportFolder.plainChatML, to: "plain.jinja"))
    #expect(try here.written() == marked)
  }

  @Test(arguments: [
    ("last", [9, 2]), ("user", [1, 3, 10, 6, 2, 10, 1, 3, 10, 8, 2, 10]), ("assistant", [7, 2, 9, 2]),
  ])
  func `train-on chooses the turns`(turns: String, trained: [Int]) throws {
    try export([ExportFolder.chatRow], ["--train-on", turns])
    #expect(numbers(try here.written().first, "labels").filter { $0 >= 0 } == trained)
  }

  @Test func `a message's weight and train go before the role`() throws {
    let weighted = ExportFolder.chatRow.replacing(#""content":"two""#, with: #""content":"two","weight":0"#)
    let trained = ExportFolder.chatRow.replacing(#""content":"four""#, with: #""content":"four","train":false"#)
    try export([weighted, trained])
    #expect(try here.written().map { numbers($0, "labels").filter { $0 >= 0 } } == [[9, 2], [7, 2]])
  }

  @Test func `a row without a trained token is rejected`() throws {
    let row = #"{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":0}]}"#
    try export([row])
    #expect(try here.checks() == ["nothing-to-train"])
    try export([row], ["--allow-lossy"])
    #expect(try here.written().map { numbers($0, "labels").filter { $0 >= 0 } } == [[]])
  }

  // MARK: Lengths

  @Test func `long rows are rejected with their length`() throws {
    try export([ExportFolder.chatRow], ["--max-length", "20"])
    #expect(try here.checks() == ["too-long"])
    #expect(try here.rejected().first?["values"]?["tokens"]?.intValue == 24)
  }

  @Test func `long rows are truncated where asked for`() throws {
    try export([ExportFolder.chatRow], ["--max-length", "20", "--overlong", "truncate"])
    #expect(numbers(try here.written().first, "input_ids").count == 20)
  }

  @Test func `long rows are split before turns of the user, and the system text stands in each part`() throws {
    let row = ExportFolder.chatRow.replacing(
      #""messages":["#, with: #""messages":[{"role":"system","content":"rain"},"#)
    try export([row], ["--max-length", "20", "--overlong", "split"])
    let rows = try here.written()
    #expect(rows.map { $0["id"]?.stringValue } == ["c1#1", "c1#2"])
    #expect(rows.map { numbers($0, "input_ids").prefix(4) } == [[1, 5, 10, 11], [1, 5, 10, 11]])
    #expect(rows.map { numbers($0, "labels").filter { $0 >= 0 } } == [[7, 2], [9, 2]])
  }

  @Test func `rows are packed to one length, and each sequence keeps its positions`() throws {
    let short = #"{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"}]}"#
    try export([short, ExportFolder.chatRow, short], ["--max-length", "30", "--pack"])
    let rows = try here.written()
    #expect(rows.count == 2)
    for row in rows {
      for key in ["input_ids", "attention_mask", "labels", "position_ids", "sequence_ids"] {
        #expect(numbers(row, key).count == 30)
      }
    }
    let two = try #require(rows.first { numbers($0, "sequence_ids").contains(2) })
    #expect(numbers(two, "sequence_ids") == [1, 2].flatMap { [Int](repeating: $0, count: 12) } + [0, 0, 0, 0, 0, 0])
    #expect(numbers(two, "position_ids").prefix(24) == (Array(0..<12) + Array(0..<12))[...])
    #expect(numbers(two, "attention_mask").reduce(0, +) == 24)
    #expect(numbers(two, "seq_lengths") == [12, 12, 6])
    #expect(numbers(two, "labels").suffix(6) == [-100, -100, -100, -100, -100, -100])
  }

  @Test func `packed rows need no attention mask`() throws {
    try export([ExportFolder.chatRow], ["--max-length", "30", "--pack", "--no-attention-mask"])
    #expect(try here.written().map { $0["attention_mask"] } == [nil])
  }

  // MARK: Back, and what cannot be

  @Test func `tokens are read back to messages`() throws {
    try export([ExportFolder.chatRow])
    let line = String(here.folder.text("out.jsonl").dropLast())
    try here.folder.write(line + "\n", to: "tokens.jsonl")
    let result = try ForgeBinary.run(
      ["export", "tokens.jsonl", "-o", "back.jsonl", "--from", "tokens", "--from-template", "chatml"],
      in: here.folder.path)
    #expect(result.err.contains("rejected 1"), "without a tokenizer it cannot be read: \(result.err)")
    let back = try ForgeBinary.run(
      ["export", "tokens.jsonl", "-o", "back.jsonl", "--from-template", "chatml", "--tokenizer", tokenizer],
      in: here.folder.path)
    #expect(back.status == 0, "\(back.err)")
    #expect(
      try here.folder.rows("back.jsonl").first?["messages"]?.arrayValue?.compactMap { $0["content"]?.stringValue }
        == ["one", "two", "three", "four"])
  }

  @Test func `a tokenizer of an unsupported kind is named`() throws {
    let file = try here.folder.write(#"{"model":{"type":"Quantum","vocab":{}}}"#, to: "other.json")
    let result = try here.export(
      [ExportFolder.chatRow], "--format", "tokens", "--template", "chatml", "--tokenizer", file)
    #expect(result.status == 2)
    #expect(result.err.contains("Quantum"))
    #expect(!here.folder.exists("out.jsonl"))
  }

  @Test(arguments: [
    ["--format", "tokens", "--template", "chatml"], ["--format", "text"], ["--pack", "--max-length", "9"],
    ["--format", "text", "--template", "chatml", "--train-on", "asistant"], ["--split-by", "topic"],
    ["--format", "tokens", "--template", "chatml", "--tokenizer", "t", "--pack"], ["--overlong", "chop"],
    ["--validation", "0.9"], ["--gzip"], ["--format", "mesages"], ["--from", "mesages"],
  ])
  func `options that do not fit together are refused`(arguments: [String]) throws {
    try here.folder.write(ExportFolder.chatRow + "\n", to: "rows.jsonl")
    let result = try ForgeBinary.run(["export", "rows.jsonl", "-o", "out.jsonl"] + arguments, in: here.folder.path)
    #expect(result.status == 2, "\(arguments)")
    #expect(result.err.hasPrefix("forge: "), "\(result.err)")
    #expect(!here.folder.exists("out.jsonl"))
  }
}
