import Foundation
import OrderedJSON
import Testing

/// Other formats, parts of a dataset, pieces of a file, and what the folder's card says.
@Suite("export to other formats and files")
struct ExportFilesTests {
  private let here: ExportFolder

  init() throws { here = try ExportFolder() }

  @Test(arguments: ["openai", "sharegpt", "prompt-completion"])
  func `a tool conversation goes to another format and back without a change`(format: String) throws {
    try here.export([ExportFolder.toolRow])
    let canonical = try here.written()
    try here.export([ExportFolder.toolRow], "--format", format)
    #expect(try here.rejected().isEmpty)
    #expect(!here.folder.text("out.jsonl").contains("null"), "a key with null was made")
    try here.export([String(here.folder.text("out.jsonl").dropLast())])
    #expect(try here.written() == canonical)
  }

  @Test func `a format that cannot hold a row says what would be lost`() throws {
    try here.export([ExportFolder.toolRow], "--format", "alpaca")
    #expect(try here.checks() == ["wrong-shape"])
    try here.export([ExportFolder.reasoningRow], "--format", "distill")
    #expect(try here.written().compactMap { $0["task"]?.stringValue } == ["label", "rationale"])
  }

  private func rows(_ count: Int) -> [String] {
    (0..<count).map { number in
      """
      {"id":"r\(number)","topic":"t\(number % 3)","messages":[{"role":"user","content":"q\(number)"},\
      {"role":"assistant","content":"a"}],"source":{"document":"d\(number / 2)","sha256":"h\(number / 2)"}}
      """
    }
  }

  private func split(_ count: Int, _ arguments: String...) throws -> [String: Set<String>] {
    try here.folder.write(rows(count).joined(separator: "\n") + "\n", to: "rows.jsonl")
    let result = try ForgeBinary.run(
      ["export", "rows.jsonl", "-o", "data", "-q", "--validation", "0.2", "--test", "0.1"] + arguments,
      in: here.folder.path)
    #expect(result.status == 0, "\(result.err)")
    var parts: [String: Set<String>] = [:]
    for part in ["train", "validation", "test"] {
      parts[part] = Set(try here.folder.rows("data/\(part).jsonl").compactMap { $0["id"]?.stringValue })
    }
    return parts
  }

  @Test func `no document stands in two parts, and added rows move none`() throws {
    let few = try split(200)
    #expect(few.values.map(\.count).reduce(0, +) == 200)
    for part in few.values { #expect(part.allSatisfy { part.contains(Self.sibling(of: $0)) }) }
    let more = try split(300)
    for (name, ids) in few { #expect(ids.isSubset(of: more[name] ?? [])) }
  }

  /// The other row of the same document.
  private static func sibling(of id: String) -> String { "r\((Int(id.dropFirst()) ?? 0) ^ 1)" }

  @Test func `each stratum gets its shares`() throws {
    let parts = try split(300, "--split-by", "id", "--stratify", "topic")
    for topic in 0..<3 {
      let shares = ["train", "validation", "test"].map { part in
        parts[part]?.count { (Int($0.dropFirst()) ?? 0) % 3 == topic } ?? 0
      }
      #expect(shares == [70, 20, 10])
    }
  }

  @Test func `a row without the field that splits is rejected`() throws {
    try here.folder.write(ExportFolder.chatRow + "\n", to: "rows.jsonl")
    let result = try ForgeBinary.run(
      ["export", "rows.jsonl", "-o", "data", "--validation", "0.1", "--split-by", "topic"], in: here.folder.path)
    #expect(result.err.contains("rejected 1"))
  }

  @Test func `a file is cut in pieces whose names count them`() throws {
    try here.folder.write(rows(10).joined(separator: "\n") + "\n", to: "rows.jsonl")
    let result = try ForgeBinary.run(
      ["export", "rows.jsonl", "-o", "all.jsonl", "--shard-rows", "4"], in: here.folder.path)
    #expect(result.status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: here.folder.path).filter { $0.hasPrefix("all") }
    #expect(
      names.sorted() == ["all-00000-of-00003.jsonl", "all-00001-of-00003.jsonl", "all-00002-of-00003.jsonl"])
    #expect(try here.folder.rows("all-00002-of-00003.jsonl").count == 2)
  }

  @Test func `a folder's card names the columns where some rows lack one`() throws {
    try here.folder.write((rows(4) + [ExportFolder.toolRow]).joined(separator: "\n") + "\n", to: "rows.jsonl")
    let arguments = ["export", "rows.jsonl", "-o", "data", "-q", "--validation", "0.2", "--split-by", "id"]
    #expect(try ForgeBinary.run(arguments, in: here.folder.path).status == 0)
    #expect(here.folder.text("data/README.md").contains("  - {name: tools, list: json}\n"))
    try here.folder.write(rows(4).joined(separator: "\n") + "\n", to: "rows.jsonl")
    #expect(try ForgeBinary.run(arguments, in: here.folder.path).status == 0)
    #expect(!here.folder.text("data/README.md").contains("dataset_info"))
  }

  @Test func `a folder's card names the files and the special tokens`() throws {
    try here.folder.write(rows(40).joined(separator: "\n") + "\n", to: "rows.jsonl")
    let result = try ForgeBinary.run(
      [
        "export", "rows.jsonl", "-o", "data", "--format", "text", "--template", "hermes", "--validation", "0.2",
        "--gzip",
      ],
      in: here.folder.path)
    #expect(result.status == 0, "\(result.err)")
    let card = here.folder.text("data/README.md")
    for words in ["train.jsonl.gz", "validation.jsonl.gz", "`<|im_start|>`", "`<tool_call>`", "`hermes`"] {
      #expect(card.contains(words), "\(words) is missing")
    }
    #expect(here.folder.bytes("data/train.jsonl.gz")?.prefix(2) == Data([0x1F, 0x8B]))
  }
}
