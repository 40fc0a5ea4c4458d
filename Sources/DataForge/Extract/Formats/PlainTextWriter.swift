/// Writes a document as plain text: body blocks with an empty line between them, a form feed after each page.
///
/// Entries of lists follow each other without an empty line; a table has a line for each row and tabs between its cells.
enum PlainTextWriter {
  static func text(of document: Document) -> String {
    var text = ""
    for page in document.pages {
      var last: Role?
      for block in page.blocks where block.role.isBody {
        let isTight = block.role == last && (last == .listItem || last == .contents)
        if last != nil && !isTight { text += "\n" }
        last = block.role
        if let table = block.table {
          for row in table.rows { text += row.joined(separator: "\t") + "\n" }
        } else {
          text += block.text
          text += "\n"
        }
      }
      text += "\u{C}"
    }
    return text
  }
}
