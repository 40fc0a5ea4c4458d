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
    let table = Table(headerRows: 1, rows: [["a", "b|c"], ["", "d"]])
    var grid = block(.table, table.markdownRows.joined(separator: "\n"))
    grid.table = table
    return Document(
      id: "0", path: "a.pdf",
      pages: [
        Page(
          number: 1, width: 100, height: 200,
          blocks: [
            block(.header, "Running head"), block(.heading, "Title", level: 2), block(.paragraph, "# no heading"),
            block(.paragraph, "1986. No item."), block(.listItem, "• one", level: 1),
            block(.listItem, "– two", level: 2), block(.listItem, "10. ten", level: 1),
            block(.listItem, "(a) letter", level: 2), grid, block(.caption, "Table 1: Cells."),
            block(.formula, "a = b"),
            block(.sideNote, "Beside"), block(.references, "[1] A work."), block(.footnote, "1 A note."),
            block(.pageNumber, "7"),
          ]), Page(number: 2, width: 100, height: 200, blocks: [block(.code, "x <- `1`\n  ```y")]),
        Page(
          number: 3, width: 100, height: 200,
          blocks: [block(.contents, "1 One 3", level: 1), block(.contents, "1.1 Two 4", level: 2)]),
      ])
  }

  @Test func textLeavesOutRunningHeadsAndEndsPagesWithAFormFeed() throws {
    let text = try DocumentFormat.text.render(document)
    #expect(text.split(separator: "\u{C}").count == 3)
    #expect(text.hasPrefix("Title\n\n# no heading\n"))
    #expect(text.contains("• one\n– two\n10. ten\n"))
    #expect(text.contains("\n\na\tb|c\n\td\n\n"))
    #expect(text.hasSuffix("1 One 3\n1.1 Two 4\n\u{C}"))
    #expect(!text.contains("Running") && !text.contains("7"))
  }

  @Test func markdownHasAFormForEachRole() throws {
    let expected = """
      ## Title

      \\# no heading

      1986\\. No item.

      - one
        - two
      10. ten
          - (a) letter

      | a | b\\|c |
      | --- | --- |
      |  | d |

      *Table 1: Cells.*

      a = b

      > Beside

      [1] A work.

      [^1]: A note.

      ````
      x <- `1`
        ```y
      ````

      - 1 One 3
        - 1.1 Two 4

      """
    #expect(try DocumentFormat.markdown.render(document) == expected)
  }

  @Test func sectionsStandOneLevelBelowATitleInMarkdown() throws {
    let page = Page(
      number: 1, width: 1, height: 1,
      blocks: [block(.title, "Name"), block(.heading, "One", level: 1), block(.heading, "Deep", level: 6)])
    let text = try DocumentFormat.markdown.render(Document(id: "0", path: "a.pdf", pages: [page]))
    #expect(text == "# Name\n\n## One\n\n###### Deep\n")
  }

  @Test func jsonHoldsTheWholeDocument() throws {
    let value = try JSONValue(parsing: DocumentFormat.json.render(document))
    let blocks = value["pages"]?[0]?["blocks"]
    #expect(blocks?[0]?["role"]?.stringValue == "header")
    #expect(blocks?[8]?["table"]?["header_rows"]?.intValue == 1)
    #expect(blocks?[8]?["table"]?["rows"]?[0]?[1]?.stringValue == "b|c")
    #expect(try JSONValueDecoder().decode(Document.self, from: value) == document)
  }

  /// What an earlier version wrote has none of the later fields.
  @Test func olderJSONCanStillBeRead() throws {
    let json = #"{"role":"list_item","level":1,"text":"• a","font_size":10.0,"lines":[[0,5,1,1.0,2.0,3.0,4.0]]}"#
    let block = try JSONValueDecoder().decode(Block.self, from: JSONValue(parsing: json))
    #expect(block.mark == nil && block.table == nil && block.text == "• a")
  }

  @Test func anEmptyDocumentIsEmpty() throws {
    #expect(try DocumentFormat.markdown.render(Document(id: "0", path: "a.pdf", pages: [])) == "")
  }
}
