import Testing

@testable import DataForge

@Suite("Word documents")
struct WordReaderTests {
  private typealias Word = TinyWord

  private static let styles = """
    <w:style w:styleId="T"><w:name w:val="Title"/></w:style>
    <w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="Own"><w:name w:val="Mine"/><w:basedOn w:val="H1"/></w:style>
    <w:style w:styleId="Loop"><w:name w:val="l"/><w:basedOn w:val="Loop"/></w:style>
    <w:style w:styleId="C"><w:name w:val="caption"/></w:style>
    <w:style w:styleId="Code"><w:name w:val="Source Code"/></w:style>
    <w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
    """

  private static let numbering = """
    <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
    <w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
    </w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/>
    </w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
    """

  private func outline(_ body: String) async throws -> [String] {
    var word = Word(body)
    word.styles = Self.styles
    word.numbering = Self.numbering
    return try await ScratchFolder().document(word.bytes, as: "a.docx").outlineText
  }

  private static func item(_ text: String, _ list: Int, _ level: Int = 0) -> String {
    Word.paragraph(text, #"<w:numPr><w:ilvl w:val="\#(level)"/><w:numId w:val="\#(list)"/></w:numPr>"#)
  }

  private static func styled(_ text: String, _ style: String) -> String {
    Word.paragraph(text, #"<w:pStyle w:val="\#(style)"/>"#)
  }

  @Test func `styles become roles`() async throws {
    let body =
      Self.styled("Herons", "T") + Self.styled("Food", "H1") + Self.styled("Own", "Own") + Self.styled("Odd", "Loop")
      + Word.paragraph("Deep", #"<w:outlineLvl w:val="2"/>"#) + Self.styled("Figure 1: A fish", "C")
      + Self.styled("if x:", "Code") + Self.styled("  y()", "Code") + Self.styled("Food 3", "TOC1")
    #expect(
      try await outline(body) == [
        "title: Herons", "heading1: Food", "heading1: Own", "paragraph: Odd", "heading3: Deep",
        "caption: Figure 1: A fish", "code: if x:\n  y()",
      ])
  }

  @Test func `lists count as Word counts them`() async throws {
    let body =
      Self.item("one", 1) + Self.item("two", 1) + Self.item("inner", 1, 1) + Self.item("inner", 1, 1)
      + Self.item("three", 1) + Self.item("inner", 1, 1) + Self.item("dot", 2)
    #expect(
      try await outline(body) == [
        "list_item1: 1. one", "list_item1: 2. two", "list_item2: 2.a) inner", "list_item2: 2.b) inner",
        "list_item1: 3. three", "list_item2: 3.a) inner", "list_item1: - dot",
      ])
  }

  @Test func `inserted text is kept, deleted and hidden text is not`() async throws {
    let body = """
      <w:p><w:r><w:t xml:space="preserve">Keep </w:t></w:r><w:ins><w:r><w:t>this</w:t></w:r></w:ins>
      <w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>
      <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>.</w:t></w:r>
      <w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
      <w:p><w:pPr><w:rPr><w:vanish/><w:del/></w:rPr></w:pPr><w:r><w:t>Shown.</w:t></w:r></w:p>
      """
    #expect(try await outline(body) == ["paragraph: Keep this.", "paragraph: Shown."])
  }

  @Test func `tables keep their cells and spans`() async throws {
    func cell(_ text: String, _ properties: String = "") -> String {
      "<w:tc><w:tcPr>\(properties)</w:tcPr>\(Word.paragraph(text))</w:tc>"
    }
    let body = """
      <w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>\(cell("A"))\(cell("B"))\(cell("C"))</w:tr>
      <w:tr>\(cell("1", #"<w:vMerge w:val="restart"/>"#))\(cell("2", #"<w:gridSpan w:val="2"/>"#))</w:tr>
      <w:tr>\(cell("x", "<w:vMerge/>"))\(cell("3"))\(cell("4"))</w:tr></w:tbl>
      """
    let document = try await ScratchFolder().document(Word(body).bytes, as: "a.docx")
    #expect(
      document.blocks.map(\.table) == [
        Table(headerRows: 1, rows: [["A", "B", "C"], ["1", "2", ""], ["", "3", "4"]])
      ])
  }

  @Test func `pages are those that the document records`() async throws {
    let body =
      Word.paragraph("One.")
      + "<w:p><w:r><w:t>Goes </w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>on.</w:t></w:r></w:p>"
      + #"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#
      + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Three.</w:t></w:r></w:p>"
      + Word.paragraph("Four.", "<w:pageBreakBefore/>")
    let document = try await ScratchFolder().document(Word(body).bytes, as: "a.docx")
    #expect(document.pages.map { $0.blocks.map(\.text) } == [["One.", "Goes on."], [], ["Three."], ["Four."]])
    #expect(document.blocks[1].lines.map(\.page) == [1, 2])
    #expect(document.isWithoutPrint)
  }

  @Test func `notes stand on the page that refers to them, heads apart`() async throws {
    var word = Word(
      #"<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>"#
        + Word.paragraph("Two.", "<w:pageBreakBefore/>"))
    word.footnotes =
      #"<w:footnote w:type="separator" w:id="0">\#(Word.paragraph("no"))</w:footnote>"#
      + #"<w:footnote w:id="2">\#(Word.paragraph("The note."))</w:footnote>"#
    word.header = Word.paragraph("Running head")
    let document = try await ScratchFolder().document(word.bytes, as: "a.docx")
    #expect(
      document.outlineText == [
        "header: Running head", "paragraph: Text[1].", "footnote: [1] The note.", "paragraph: Two.",
      ])
    #expect(document.blocks[2].page == 1)
  }

  @Test func `text boxes and choices are read once`() async throws {
    let box = "<w:txbxContent>\(Word.paragraph("Box."))</w:txbxContent>"
    let body = """
      <w:p><w:r><w:t>Before.</w:t><mc:AlternateContent><mc:Choice>\(box)</mc:Choice><mc:Fallback>\(box)</mc:Fallback>
      </mc:AlternateContent></w:r></w:p>
      """
    #expect(try await outline(body) == ["paragraph: Before.", "paragraph: Box."])
  }

  @Test func `what the document says of itself is kept`() async throws {
    var word = Word(Word.paragraph("Text."))
    word.core = """
      <p xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Herons</dc:title>
      <dc:creator>Ann</dc:creator><dcterms:created>2020-01-02T03:04:05Z</dcterms:created></p>
      """
    let document = try await ScratchFolder().document(word.bytes, as: "a.docx")
    #expect(document.title == "Herons")
    #expect(document.author == "Ann")
    #expect(document.created == "2020-01-02T03:04:05Z")
  }

  @Test func `no entity is followed`() async throws {
    let folder = try ScratchFolder()
    let secret = try folder.write("secret.txt", "SECRET")
    for declaration in [
      "<!ENTITY x SYSTEM \"file://\(secret)\">", "<!ENTITY x SYSTEM \"http://127.0.0.1:9/\">",
      "<!ENTITY a \"aaaaaaaaaa\"><!ENTITY x \"\(String(repeating: "&a;", count: 1_000))\">",
    ] {
      var archive = TinyArchive()
      archive.add(
        "word/document.xml",
        """
        <!DOCTYPE d [\(declaration)]><w:document \(TinyWord.namespaces)><w:body><w:p><w:r><w:t>A&x;</w:t></w:r></w:p>\
        </w:body></w:document>
        """)
      let outcomes = try await folder.extract(archive.bytes, as: "a.docx")
      #expect(
        outcomes.documents.flatMap(\.blocks).allSatisfy { !$0.text.contains("SECRET") && $0.text.utf8.count < 10 })
    }
  }

  @Test func `nesting without end is refused`() async throws {
    let word = Word(String(repeating: "<w:tbl><w:tr><w:tc>", count: 100_000))
    #expect(try await ScratchFolder().checks(word.bytes, as: "a.docx") == ["damaged"])
  }

  @Test func `a document that was cut off anywhere is refused`() async throws {
    let bytes = Word(Word.paragraph("Text.")).bytes
    let folder = try ScratchFolder()
    for length in stride(from: 5, to: bytes.count - 1, by: 37) {
      #expect(try await folder.checks(Array(bytes[..<length]), as: "a.docx") == ["damaged"])
    }
  }

  @Test func `other archives and old documents say what they are`() async throws {
    var archive = TinyArchive()
    archive.add("hello.txt", "x")
    #expect(try await ScratchFolder().checks(archive.bytes, as: "a.docx") == ["not-a-docx"])
    let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
    #expect(try await ScratchFolder().checks(old, as: "a.docx") == ["encrypted"])
  }
}
