import OrderedJSON
import Testing

@testable import DataForge

@Suite struct DocumentFormatTests {
  private func block(_ role: Role, _ text: String, level: Int? = nil) -> Block {
    Block(
      role: role, level: level, text: text, fontSize: 10,
      lines: [Line(range: 0..<text.utf8.count, page: 1, box: Box(x0: 1, y0: 2, x1: 3, y1: 4))])
  }

  private var document: Document {
    Document(
      id: "0", path: "a.pdf",
      pages: [
        Page(
          number: 1, width: 100, height: 200,
          blocks: [
            block(.header, "Running head"), block(.heading, "Title", level: 2), block(.paragraph, "# no heading"),
            block(.listItem, "• one", level: 1), block(.listItem, "– two", level: 2), block(.table, "| a |\n| --- |"),
            block(.footnote, "1 A note."), block(.pageNumber, "7"),
          ]), Page(number: 2, width: 100, height: 200, blocks: [block(.paragraph, "x <- 1\ny <- 2")]),
      ])
  }

  @Test func textLeavesOutRunningHeadsAndEndsPagesWithAFormFeed() throws {
    let text = try DocumentFormat.text.render(document)
    #expect(text.split(separator: "\u{C}").count == 2)
    #expect(text.hasPrefix("Title\n\n# no heading\n"))
    #expect(!text.contains("Running") && !text.contains("7"))
  }

  @Test func markdownHasHeadingsListsTablesNotesAndCode() throws {
    let expected = """
      ## Title

      \\# no heading

      - one
        - two

      | a |
      | --- |

      [^1]: A note.

      ```
      x <- 1
      y <- 2
      ```

      """
    #expect(try DocumentFormat.markdown.render(document) == expected)
  }

  @Test func jsonHoldsTheWholeDocument() throws {
    let value = try JSONValue(parsing: DocumentFormat.json.render(document))
    #expect(value["pages"]?[0]?["blocks"]?[0]?["role"]?.stringValue == "header")
    #expect(try JSONValueDecoder().decode(Document.self, from: value) == document)
  }

  @Test func anEmptyDocumentIsEmpty() throws {
    #expect(try DocumentFormat.markdown.render(Document(id: "0", path: "a.pdf", pages: [])) == "")
  }
}
