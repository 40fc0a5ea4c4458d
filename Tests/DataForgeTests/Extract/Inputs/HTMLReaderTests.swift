import Testing

@testable import DataForge

@Suite("HTML")
struct HTMLReaderTests {
  private func outline(_ body: String) async throws -> [String] {
    try await ScratchFolder().document("<!DOCTYPE html><html><body>\(body)</body></html>", as: "a.html").outlineText
  }

  @Test func `elements become roles`() async throws {
    let found = try await outline(
      """
      <h1>Herons &amp; co<a class="headerlink" href="#h">¶</a></h1><p>Some <b>bold</b>er
      words<br>and m&eacute;re<br><br>new
      <p>Implied<ul><li>one<li>two<ol type=a start=3><li>c<li><p>d</p><p>more</p></ol></ul>
      <pre><code class="language-c">int x;
        y &lt; z</code></pre>
      <dl><dt>term<dd>meaning</dl><figure><img src=x><figcaption>What one sees</figcaption></figure>
      """)
    #expect(
      found == [
        "heading1: Herons & co", "paragraph: Some bolder words and mére", "paragraph: new", "paragraph: Implied",
        "list_item1: - one", "list_item1: - two", "list_item2: c. c", "list_item2: d. d", "paragraph: more",
        "code: int x;\n  y < z", "paragraph: term", "paragraph: meaning", "caption: What one sees",
      ])
  }

  @Test func `what is no text is left out`() async throws {
    let found = try await outline(
      """
      <nav>Home</nav><script>if (a<b) { "<p>no</p>" }</script><style>p { }</style><aside>Advert</aside>
      <p hidden>no</p><p style="display: none">no</p><div aria-hidden="true">no</div><div role="navigation">no</div>
      <noscript>no</noscript><template><p>no</p></template><svg><text>no</text></svg><select><option>no</select>
      <p>Yes.</p><!-- no --><footer>Imprint</footer>
      """)
    #expect(found == ["paragraph: Yes.", "footer: Imprint"])
  }

  @Test func `main comes before what stands around it, and a single article too`() async throws {
    #expect(
      try await outline("<div>Menu</div><main><p>Text of the page.</p></main><p>Links</p>") == [
        "paragraph: Text of the page."
      ])
    #expect(
      try await outline("<div>Menu</div><article><p>Text of the page.</p></article>") == [
        "paragraph: Text of the page."
      ])
    #expect(try await outline("<article><p>One</p></article><article><p>Two</p></article>").count == 2)
  }

  @Test func `tables keep their cells, spans and captions`() async throws {
    let html = """
      <table><caption>Sizes</caption><thead><tr><th>A<th>B<th>C</thead>
      <tr><td rowspan=2>1<td colspan=2>2 | x<tr><td>3<td>4</table>
      """
    let document = try await ScratchFolder().document("<html><body>\(html)", as: "a.html")
    #expect(document.blocks.map(\.role) == [.caption, .table])
    #expect(
      document.blocks.last?.table
        == Table(headerRows: 1, rows: [["A", "B", "C"], ["1", "2 | x", ""], ["", "3", "4"]]))
  }

  @Test func `a table that only sets the page is no table`() async throws {
    #expect(
      try await outline("<table><tr><td><h2>News</h2><p>One</p></td><td>Two</td></tr></table>") == [
        "heading2: News", "paragraph: One", "paragraph: Two",
      ])
    #expect(
      try await outline("<table><tr><td>One</td></tr><tr><td>Two</td></tr></table>") == [
        "paragraph: One", "paragraph: Two",
      ])
  }

  @Test func `notes keep their marks`() async throws {
    let found = try await outline(
      """
      <p>Text<sup><a href="#fn1">1</a></sup> and x<sup>2</sup>.</p><section role="doc-endnotes"><ol>
      <li id=fn1><p>The note. <a role="doc-backlink" href="#r">↩</a></p></li></ol></section>
      """)
    #expect(found == ["paragraph: Text[1] and x2.", "footnote: [1] The note."])
  }

  @Test func `what the head says is kept`() async throws {
    let html = """
      <html><head><title>A &lt;page&gt;</title><meta name="author" content="Bob"><meta name="keywords" content="a, b">
      <meta name="generator" content="hand"></head><body><p>Text.</p></body></html>
      """
    let document = try await ScratchFolder().document(html, as: "a.html")
    #expect(document.title == "A <page>")
    #expect(document.author == "Bob")
    #expect(document.keywords == "a, b")
    #expect(document.producer == "hand")
    #expect(document.isWithoutPrint)
  }

  @Test func `the declared encoding is used`() async throws {
    let latin = Array("<html><meta charset=iso-8859-1><p>caf".utf8) + [0xE9] + Array("</p></html>".utf8)
    #expect(try await ScratchFolder().document(latin, as: "a.html").blocks[0].text == "café")
    let russian = Array("<html><meta charset='windows-1251'><p>".utf8) + [0xEC, 0xE8, 0xF0] + Array("</p></html>".utf8)
    #expect(try await ScratchFolder().document(russian, as: "b.html").blocks[0].text == "мир")
    let prefix: [UInt8] = [0xFF, 0xFE]
    let wide = prefix + "<html><p>wide é</p></html>".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try await ScratchFolder().document(wide, as: "c.html").blocks[0].text == "wide é")
  }

  @Test(arguments: ["div", "ul><li", "table><tr><td", "b", "blockquote", "section"])
  func `no depth of nesting overflows the stack`(tag: String) async throws {
    let html = "<html><body>" + String(repeating: "<\(tag)>", count: 100_000) + "deep"
    #expect(try await ["too-complex", "kept"].contains(ScratchFolder().checks(Array(html.utf8), as: "a.html").first))
  }

  @Test func `a tag of very many attributes is refused`() async throws {
    let html = "<html><p " + (0..<100_000).map { "a\($0)=1 " }.joined() + ">x</p>"
    #expect(try await ScratchFolder().checks(Array(html.utf8), as: "a.html") == ["too-complex"])
  }

  @Test func `a page that was cut off anywhere is text or has none`() async throws {
    let html = Array("<html><body><h1>T</h1><table><tr><td>a<td>b</table><pre>x</pre><!-- c --><p class='q'>é</p>".utf8)
    let folder = try ScratchFolder()
    for length in 6..<html.count {
      let checks = try await folder.checks(Array(html[..<length]), as: "a.html")
      #expect(checks == ["kept"] || checks == ["no-text"], "\(length)")
    }
  }

  @Test func `cells that multiply are no table`() async throws {
    let html = "<html><table>" + String(repeating: "<tr><td>x<td colspan=200>y", count: 3_000)
    let document = try await ScratchFolder().document(html, as: "a.html")
    #expect(document.blocks.count == 6_000)
    #expect(document.blocks.allSatisfy { $0.table == nil })
  }
}
