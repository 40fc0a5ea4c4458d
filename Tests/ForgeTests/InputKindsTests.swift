import Foundation
import OrderedJSON
import Testing

/// Documents that are no PDFs, through the real binary.
@Suite("kinds of inputs")
struct InputKindsTests {
  private let folder: TemporaryFolder
  private static let text = """
    The Heron 4 is a battery-powered logger for up to eight sensors. It was built for tide gauges and weather stations
    far from any road. The battery lasts for fourteen months at one reading an hour.
    """

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [
    ("a.md", "# Heron 4\n\n\(text)\n"), ("a.html", "<html><body><h1>Heron 4</h1><p>\(text)</p></body></html>"),
    ("README", "Heron 4\n=======\n\n\(text)\n"),
  ])
  func `a folder without any PDF becomes a dataset whose quotes were found`(name: String, content: String) throws {
    try folder.write(content, to: "in/" + name)
    let result = try ForgeBinary.run(["run", "in", "-o", "out", "-q"], in: folder.path)
    #expect(result.status == 0, "\(result.err)")
    let rows = try folder.rows("out/train.jsonl")
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(row["source"]?["document"]?.stringValue == name)
      #expect(row["source"]?["pages"] == [1])
      #expect(row["source"]?["quote"]?.stringValue?.isEmpty == false)
    }
  }

  @Test func `texts that were extracted are not read as sources the next time`() throws {
    try folder.write("Some text.\n", to: "in/a.md")
    for _ in 0..<2 {
      let result = try ForgeBinary.run(
        ["extract", "in", "-o", "in/texts", "--format", "markdown", "--json", "-q"], in: folder.path)
      #expect(try JSONValue(parsing: result.out)["documents"]?.intValue == 1, "\(result.err)")
    }
  }

  @Test func `a way of OCR that there is none of is named with those that there are`() throws {
    try folder.write("Some text.\n", to: "in/a.md")
    let result = try ForgeBinary.run(["extract", "in", "--ocr", "sometimes"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.err.contains("auto, never, always"))
    let language = try ForgeBinary.run(["extract", "in", "--ocr-language", "../x"], in: folder.path)
    #expect(language.status == 2)
    #expect(language.err.contains("deu+eng"))
  }
}
