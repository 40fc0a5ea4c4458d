import Testing

@testable import DataForge

@Suite("plain text")
struct PlainTextReaderTests {
  @Test func `wrapped lines become paragraphs, and titles headings`() async throws {
    let text = """
      Herons
      ======

      A paragraph that is wrapped over several lines of about the same length, so
      that it must be joined again.

      * one item
      * two items that
        go on
        - nested

      1. Introduction

      MORE

          $ make install
          $ run | sort

      Name      Age
      Ann       31
      Bob       9
      """
    let document = try await ScratchFolder().document(text, as: "README")
    #expect(
      document.outlineText == [
        "heading1: Herons",
        "paragraph: A paragraph that is wrapped over several lines of about the same length, so "
          + "that it must be joined again.",
        "list_item1: * one item", "list_item1: * two items that go on", "list_item2: - nested",
        "heading1: 1. Introduction", "heading1: MORE", "code: $ make install\n$ run | sort",
        "code: Name      Age\nAnn       31\nBob       9",
      ])
    #expect(document.isWithoutPrint)
  }

  @Test func `form feeds part pages`() async throws {
    let document = try await ScratchFolder().document("One page.\u{C}Two\n\npages.\n\u{C}", as: "a.txt")
    #expect(document.pages.map { $0.blocks.map(\.text) } == [["One page."], ["Two", "pages."]])
    #expect(document.pages[1].blocks.allSatisfy { $0.page == 2 })
  }

  @Test func `any encoding is read`() async throws {
    let folder = try ScratchFolder()
    let cases: [([UInt8], String)] = [
      ([0xEF, 0xBB, 0xBF] + Array("Häuser am See.".utf8), "Häuser am See."),
      ([0xFF, 0xFE] + "Häuser am See.".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, "Häuser am See."),
      ([0xFE, 0xFF] + "Häuser am See.".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, "Häuser am See."),
      ("Häuser am See.".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, "Häuser am See."),
      ([0x48, 0xE4, 0x75, 0x73, 0x65, 0x72, 0x20, 0x93, 0x61, 0x94], "Häuser “a”"),
      (Array("Häuser ".utf8) + [0xFF] + Array(" öde".utf8), "Häuser \u{FFFD} öde"),
      (Array("e\u{301}te\u{301}".utf8), "été"),
    ]
    for (bytes, text) in cases {
      let document = try await folder.document(bytes, as: "a.txt")
      #expect(document.blocks.map(\.text) == [text])
    }
  }

  @Test func `overstruck and coloured text is plain`() async throws {
    let document = try await ScratchFolder().document(
      "B\u{8}Bo\u{8}old _\u{8}x \u{1B}[31mred\u{1B}[0m words", as: "a.txt")
    #expect(document.blocks.map(\.text) == ["Bold x red words"])
  }

  @Test func `lines that end in CRLF are lines`() async throws {
    let document = try await ScratchFolder().document("One.\r\n\r\nTwo.\r\n", as: "a.txt")
    #expect(document.blocks.map(\.text) == ["One.", "Two."])
  }

  @Test func `many headings without a space between them do not overflow the stack`() async throws {
    let text = String(repeating: "Title\n=====\n", count: 100_000)
    #expect(try await ScratchFolder().document(text, as: "a.txt").blocks.count == 100_000)
  }

  @Test func `a file of blanks has no text`() async throws {
    #expect(try await ScratchFolder().checks(Array(" \n\n\t\n\u{C}".utf8), as: "a.txt") == ["no-text"])
  }

  @Test func `more blocks than a text can have are refused`() {
    var flow = FlowBuilder()
    for _ in 0...InputLimits.blocks { flow.add("x", role: .paragraph) }
    #expect(#expect(throws: InputFailure.self) { try flow.check() }?.check == "too-complex")
  }
}
