/// Writes a document as Markdown (CommonMark with GitHub's tables and footnotes): body blocks only.
///
/// A document with a title has that as its only heading of the first level, and its sections stand one level lower.
struct MarkdownWriter {
  private var text = ""
  private let hasTitle: Bool
  /// How far the texts of the open list items are set in, outermost first.
  private var indents: [Int] = []

  static func text(of document: Document) -> String {
    let hasTitle = document.pages.contains { $0.blocks.contains { $0.role == .title } }
    var writer = MarkdownWriter(hasTitle: hasTitle)
    var last: Role?
    for page in document.pages {
      for block in page.blocks where block.role.isBody {
        let isTight = block.role == last && (last == .listItem || last == .contents)
        if !writer.text.isEmpty { writer.text += isTight ? "\n" : "\n\n" }
        if block.role != .listItem && block.role != .contents { writer.indents = [] }
        writer.write(block)
        last = block.role
      }
    }
    return writer.text.isEmpty ? "" : writer.text + "\n"
  }

  private init(hasTitle: Bool) { self.hasTitle = hasTitle }

  private mutating func write(_ block: Block) {
    switch block.role {
    case .title: text += "# " + Self.oneLine(block.text)
    case .heading:
      let level = max(1, block.level ?? 1) + (hasTitle ? 1 : 0)
      text += String(repeating: "#", count: min(6, level)) + " " + Self.oneLine(block.text)
    case .listItem: writeItem(block)
    case .contents: writeItem(marker: "- ", Self.oneLine(block.text), level: block.level)
    case .code: writeCode(block)
    case .table: text += block.text
    case .caption: text += "*" + block.text + "*"
    case .footnote: writeFootnote(block.text)
    case .sideNote: text += "> " + block.text
    case .paragraph, .formula, .references, .header, .footer, .pageNumber: text += Self.escaped(block.text)
    }
  }

  private mutating func writeItem(_ block: Block) {
    let bytes = Array(block.text.utf8)
    switch LineLabel(bytes[...]) {
    case .bullet(let length):
      writeItem(marker: "- ", String(decoding: bytes[length...], as: UTF8.self), level: block.level)
    case .item(let length) where bytes.first.map(LineLabel.isDigit) ?? false:
      let marker = String(decoding: bytes[..<length], as: UTF8.self)
      writeItem(
        marker: marker.hasSuffix(" ") ? marker : marker + " ", String(decoding: bytes[length...], as: UTF8.self),
        level: block.level)
    // Markdown knows no `(a)`: it stays part of the text.
    default: writeItem(marker: "- ", block.text, level: block.level)
    }
  }

  /// An item stands below the text of the item that it belongs to, however wide that one's marker is.
  private mutating func writeItem(marker: String, _ item: String, level: Int?) {
    let depth = max(1, level ?? 1) - 1
    indents.removeLast(max(0, indents.count - depth))
    let indent = indents.last ?? 0
    text += String(repeating: " ", count: indent) + marker + item
    indents.append(indent + marker.utf8.count)
  }

  /// The fence is longer than any in the code.
  private mutating func writeCode(_ block: Block) {
    var longest = 0
    var run = 0
    for byte in block.text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    text += "\(fence)\(block.language ?? "")\n\(block.text)\n\(fence)"
  }

  /// `1 Text` as `[^1]: Text`.
  private mutating func writeFootnote(_ note: String) {
    let bytes = Array(note.utf8)
    guard let (mark, body) = BlockMark.note(bytes[...]) else {
      text += note
      return
    }
    text += "[^\(String(decoding: bytes[mark], as: UTF8.self))]: \(String(decoding: bytes[body...], as: UTF8.self))"
  }

  private static func oneLine(_ text: String) -> String {
    text.utf8.contains(0x0A) ? text.split(separator: "\n").joined(separator: " ") : text
  }

  /// A paragraph that happens to begin like a heading, a quotation or a list must not become one.
  private static func escaped(_ text: String) -> String {
    guard let first = text.utf8.first else { return text }
    if "#>+-=|".utf8.contains(first) { return "\\" + text }
    let digits = text.utf8.prefix { LineLabel.isDigit($0) }.count
    let rest = text.utf8.dropFirst(digits)
    if digits > 0, digits <= 9, let mark = rest.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")"),
      rest.dropFirst().first == 0x20
    {
      let place = text.utf8.index(text.startIndex, offsetBy: digits)
      return text[..<place] + "\\" + text[place...]
    }
    return text
  }
}
