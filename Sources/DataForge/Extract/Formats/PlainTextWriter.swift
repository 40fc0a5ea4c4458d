/// Writes a document as plain text: body blocks with an empty line between them, a form feed after each page.
enum PlainTextWriter {
  static func text(of document: Document) -> String {
    var text = ""
    for page in document.pages {
      var isFirst = true
      for block in page.blocks where block.role.isBody {
        if !isFirst { text += "\n" }
        isFirst = false
        text += block.text
        text += "\n"
      }
      text += "\u{C}"
    }
    return text
  }
}
