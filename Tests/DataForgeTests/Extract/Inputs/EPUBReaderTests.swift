import Testing

@testable import DataForge

@Suite("EPUB")
struct EPUBReaderTests {
  @Test func `each part of the spine is a page, and the contents are left out`() async throws {
    let book = TinyEPUB([("b.xhtml", "<h1>Second</h1><p>Text.</p>"), ("a b.xhtml", "<p>Third</p>")])
    let document = try await ScratchFolder().document(book.bytes, as: "a.epub")
    #expect(document.pages.map { $0.blocks.map(\.text) } == [["Second", "Text."], ["Third"]])
    #expect(document.pages.map(\.number) == [1, 2])
    #expect(document.pages[1].blocks[0].page == 2)
    #expect(document.title == "A Book")
    #expect(document.author == "Ann")
    #expect(document.created == "2020-05-01")
    #expect(document.isWithoutPrint)
  }

  @Test func `references may be escaped and lead through folders`() async throws {
    var book = TinyEPUB([("a b.xhtml", "<p>One</p>")])
    book.references = ["../OPS/./a%20b.xhtml#start"]
    #expect(try await ScratchFolder().document(book.bytes, as: "a.epub").outlineText == ["paragraph: One"])
  }

  @Test func `references never lead out of the book`() async throws {
    let folder = try ScratchFolder()
    try folder.write("secret.xhtml", "<p>SECRET</p>")
    for reference in [
      "../../../../../..\(folder.path)/secret.xhtml", "file://\(folder.path)/secret.xhtml",
      "\(folder.path)/secret.xhtml",
    ] {
      var book = TinyEPUB([("a.xhtml", "<p>One</p>")])
      book.references = [reference]
      #expect(try await folder.checks(book.bytes, as: "a.epub") == ["damaged"])
    }
  }

  @Test func `a book with DRM is refused, one with garbled fonts is read`() async throws {
    func encryption(_ path: String) -> String {
      "<encryption><EncryptedData><CipherData><CipherReference URI=\"\(path)\"/></CipherData></EncryptedData></encryption>"
    }
    var book = TinyEPUB([("a.xhtml", "<p>One</p>")])
    book.encryption = encryption("OPS/a.xhtml")
    #expect(try await ScratchFolder().checks(book.bytes, as: "a.epub") == ["encrypted"])
    book.encryption = encryption("OPS/font.otf")
    #expect(try await ScratchFolder().checks(book.bytes, as: "a.epub") == ["kept"])
  }

  @Test func `an EPUB is known whatever its name`() async throws {
    #expect(try await ScratchFolder().checks(TinyEPUB([("a.xhtml", "<p>One</p>")]).bytes, as: "book") == ["kept"])
  }

  @Test func `a note in an aside is a note`() async throws {
    let page =
      "<p>Text<a epub:type=\"noteref\" href=\"#n\">1</a></p><aside epub:type=\"footnote\" id=\"n\"><p>1. Note.</p></aside>"
    let document = try await ScratchFolder().document(TinyEPUB([("a.xhtml", page)]).bytes, as: "a.epub")
    #expect(document.outlineText == ["paragraph: Text[1]", "footnote: 1. Note."])
  }
}
