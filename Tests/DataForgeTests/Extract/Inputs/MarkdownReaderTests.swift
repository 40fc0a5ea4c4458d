import Testing

@testable import DataForge

@Suite("Markdown")
struct MarkdownReaderTests {
  @Test func `markup becomes roles and text`() async throws {
    let text = """
      # Heron *manual*

      Words with `code`, a [link](http://a.example) and ![a picture](x.png)
      on two lines.

      ## Lists

      - one
      - two
        1. nested
        2. more
      - [x] done

      ```swift
      let x = 1
        indented
      ```

      | A | B |
      |---|---|
      | 1 | 2 \\| 3 |

      > Quoted &amp; said.
      """
    let document = try await ScratchFolder().document(text, as: "a.md")
    #expect(
      document.outlineText == [
        "heading1: Heron manual", "paragraph: Words with code, a link and on two lines.", "heading2: Lists",
        "list_item1: - one", "list_item1: - two", "list_item2: 1. nested", "list_item2: 2. more",
        "list_item1: - [x] done", "code: let x = 1\n  indented", "table: | A | B |\n| --- | --- |\n| 1 | 2 \\| 3 |",
        "paragraph: Quoted & said.",
      ])
    #expect(document.title == "Heron manual")
    #expect(document.pages.count == 1)
    #expect(document.isWithoutPrint)
    #expect(document.blocks[8].language == "swift")
    #expect(document.blocks[9].table == Table(headerRows: 1, rows: [["A", "B"], ["1", "2 | 3"]]))
    #expect(document.blocks[5].mark == "1.")
  }

  @Test func `a footnote keeps its mark in the text and below it`() async throws {
    let document = try await ScratchFolder().document("Herons[^h] eat fish.\n\n[^h]: Grey ones.\n", as: "a.md")
    #expect(document.outlineText == ["paragraph: Herons[1] eat fish.", "footnote: [1] Grey ones."])
    #expect(document.blocks[1].mark == "1")
  }

  @Test func `front matter says who wrote the file and is no text`() async throws {
    let text = "---\ntitle: \"The Heron\"\nauthor: Ann\ndate: 2024-03-01\ntags: [birds, water]\n---\nText.\n"
    let document = try await ScratchFolder().document(text, as: "a.md")
    #expect(document.title == "The Heron")
    #expect(document.author == "Ann")
    #expect(document.created == "2024-03-01")
    #expect(document.keywords == "birds, water")
    #expect(document.outlineText == ["paragraph: Text."])
  }

  @Test func `a ruler at the head is no front matter`() async throws {
    let document = try await ScratchFolder().document("---\n\nText of a file.\n\n---\n\nMore.\n", as: "a.md")
    #expect(document.outlineText == ["paragraph: Text of a file.", "paragraph: More."])
  }

  @Test func `HTML among the Markdown is read as HTML`() async throws {
    let text = "<h1 align=\"center\">Title</h1>\n\n<script>x()</script>\n\nA line<br>and more.\n\n<!-- not this -->\n"
    let document = try await ScratchFolder().document(text, as: "a.md")
    #expect(document.outlineText == ["heading1: Title", "paragraph: A line and more."])
  }

  @Test(arguments: ["> ", "- ", "* ", "1. "])
  func `nesting without end is refused`(mark: String) async throws {
    let text = String(repeating: mark, count: 100_000) + "x\n" + String(repeating: "lazy\n", count: 1_000)
    #expect(try await ScratchFolder().checks(Array(text.utf8), as: "a.md") == ["too-complex"])
  }

  @Test(arguments: ["*", "_", "[", "![", "](", "`", "<", "&", "~", "[^a]", "*a_ "])
  func `signs without end are read`(sign: String) async throws {
    let text = String(repeating: sign, count: 50_000) + "\n\nText.\n"
    #expect(try await ScratchFolder().document(text, as: "a.md").blocks.last?.text == "Text.")
  }

  @Test func `a row of very many cells is refused`() async throws {
    let row = String(repeating: "a|", count: 10_000)
    let text = row + "\n" + String(repeating: "-|", count: 10_000) + "\n" + row
    #expect(try await ScratchFolder().checks(Array(text.utf8), as: "a.md") == ["too-complex"])
  }

  @Test func `a long ruler is no nesting`() async throws {
    let text = "Text\n\n" + String(repeating: "- ", count: 400) + "\n\nmore\n"
    #expect(try await ScratchFolder().document(text, as: "a.md").blocks.count == 2)
  }
}
