/// What HTML's elements are for.
enum HTMLRules {
  /// Elements whose text is none of the page's.
  private static let skipped: Set<String> = [
    "script", "style", "noscript", "template", "nav", "aside", "svg", "iframe", "object", "embed", "applet", "canvas",
    "audio", "video", "select", "button", "textarea", "datalist", "dialog", "rt", "rp", "menuitem", "map",
    "annotation", "annotation-xml", "frameset", "noframes", "ncx",
  ]
  private static let skippedRoles: Set<Substring> = [
    "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar", "dialog", "alert",
    "doc-toc", "doc-backlink", "doc-pagebreak", "doc-index", "doc-pagelist",
  ]
  private static let skippedTypes: Set<Substring> = [
    "toc", "landmarks", "page-list", "pagebreak", "lot", "loi", "backlink", "index",
  ]
  /// Names by which generators of documentation call what is no text: DocBook, Sphinx, Texinfo, Pandoc, MkDocs.
  private static let skippedClasses: Set<Substring> = [
    "navheader", "navfooter", "sphinxsidebar", "breadcrumb", "breadcrumbs", "nav-panel", "element-contents",
    "region-contents", "shortcontents", "short-table-of-contents", "table-of-contents", "toc", "headerlink",
    "footnote-back", "footnote-backref", "fn-backref", "reversefootnote", "sr-only", "visually-hidden", "noprint",
    "skip-link",
    "copiable-link", "copiable-anchor", "hash-link", "anchorjs-link", "linenos", "linenodiv", "lineno",
    "mw-editsection",
    "cookie-banner",
  ]
  private static let skippedNames: Set<String> = ["toc", "table-of-contents", "sidebar", "navigation"]

  static func isSkipped(_ name: String, _ attributes: HTMLAttributes) -> Bool {
    // A note is an aside in an EPUB, and is text.
    if skipped.contains(name) { return !(name == "aside" && isNote(attributes)) }
    guard !attributes.isEmpty, name != "html", name != "body" else { return false }
    if attributes["hidden"] != nil || attributes["aria-hidden"] == "true" { return true }
    if let style = attributes["style"]?.lowercased(),
      style.contains("display:none") || style.contains("display: none") || style.contains("visibility:hidden")
        || style.contains("visibility: hidden")
    {
      return true
    }
    if let id = attributes["id"]?.lowercased(), skippedNames.contains(id) { return true }
    return !skippedRoles.isDisjoint(with: attributes.words("role"))
      || !skippedTypes.isDisjoint(with: attributes.words("epub:type"))
      || !skippedClasses.isDisjoint(with: attributes.words("class"))
  }

  private static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "main", "menu", "ol",
    "optgroup",
    "option", "p", "section", "summary", "ul", "frame",
  ]

  static func isBlock(_ name: String) -> Bool { blocks.contains(name) }

  private static let noteRoles: Set<Substring> = ["doc-footnote", "doc-endnote", "doc-endnotes", "doc-footnotes"]
  private static let noteTypes: Set<Substring> = [
    "footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "note",
  ]

  /// Whether an element holds footnotes.
  static func isNote(_ attributes: HTMLAttributes) -> Bool {
    guard !attributes.isEmpty else { return false }
    let classes = attributes.words("class")
    return classes.contains("footnotes") || classes.contains("footnotes-segment")
      || !noteRoles.isDisjoint(with: attributes.words("role"))
      || !noteTypes.isDisjoint(with: attributes.words("epub:type"))
  }

  /// Whether a link leads to a note: by what it says itself, or by its form.
  static func isNoteReference(_ attributes: HTMLAttributes, isRaised: Bool) -> Bool {
    if attributes.words("role").contains("doc-noteref") || attributes.words("epub:type").contains("noteref") {
      return true
    }
    let classes = attributes.words("class")
    if classes.contains("footnote-ref") || classes.contains("footnote-reference") || classes.contains("footnote") {
      return true
    }
    return isRaised && attributes["href"]?.contains("#") == true
  }

  /// The programming language that a listing names in its class: `language-c`, `sourceCode python`,
  /// `highlight-source-sh`.
  static func language(_ attributes: HTMLAttributes) -> String? {
    let classes = attributes.words("class")
    for word in classes {
      for prefix in ["language-", "lang-", "highlight-source-"] where word.hasPrefix(prefix) {
        return InputText.language(word.dropFirst(prefix.count))
      }
    }
    if let place = classes.firstIndex(of: "sourcecode"), place + 1 < classes.count {
      return InputText.language(classes[place + 1])
    }
    return nil
  }
}
