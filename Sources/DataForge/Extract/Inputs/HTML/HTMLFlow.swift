/// Makes blocks of the elements and texts of an HTML page, as a parser comes upon them.
///
/// It keeps a stack of its own instead of calling itself, so that no depth of nesting can overflow the program's.
final class HTMLFlow {
  /// What the end of an element has to undo.
  enum Effect {
    case none
    case block
    case heading(Int)
    case documentTitle
    case listing
    case list
    case item
    case table
    case row
    case tableHead
    case cell(columns: Int, rows: Int)
    case caption
    case main
    case article
    case note
    case foot
    case title
    case head
    case raised
    case reference(offset: Int)
    case quote
  }

  struct List {
    var isOrdered: Bool
    var next: Int
    var style: ListMark.Style
  }

  var flow: FlowBuilder
  private let limits: InputLimits
  private(set) var failure: InputFailure?
  private(set) var title = FlowText()
  private(set) var meta: [String: String] = [:]

  private var open: [(name: String, effect: Effect)] = []
  /// How many elements are open in one that is skipped.
  private var skipped = 0
  private var listings = 0
  private var language: String?
  private var raised = 0
  private var heads = 0
  private var titles = 0
  private var lists: [List] = []
  private var tables: [FlowTableFrame] = []
  private var breaks = 0
  private var tableHeads = 0
  /// Whether a row has had cells of values.
  private var hasValues = false
  var regions = HTMLRegions()

  init(flow: FlowBuilder = FlowBuilder(), limits: InputLimits = InputLimits()) {
    self.flow = flow
    self.limits = limits
  }

  // MARK: What the parser tells

  func start(_ name: String, _ attributes: HTMLAttributes) {
    guard open.count + skipped < limits.depth else {
      failure = .tooComplex("has elements nested more than \(limits.depth) deep", limit: limits.depth)
      return
    }
    if skipped > 0 {
      skipped += 1
      return
    }
    if HTMLRules.isSkipped(name, attributes) {
      skipped = 1
      if HTMLRules.isBlock(name) { closeBlock() }
      return
    }
    open.append((name, begin(name, attributes)))
  }

  func end(_ name: String) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    // The parser ends what it began, in order; anything else would be for nothing.
    guard open.last?.name == name, let last = open.popLast() else { return }
    undo(last.effect)
  }

  func text(_ text: String) {
    guard skipped == 0 else { return }
    if titles > 0 { return title.append(text) }
    guard heads == 0 else { return }
    if listings > 0 { return flow.text.appendVerbatim(text) }
    if breaks > 0, text.utf8.contains(where: { $0 > 0x20 }) { takeBreaks() }
    flow.text.append(text)
  }

  /// Ends what is open: a file may be cut off anywhere.
  func finish() {
    while let last = open.popLast() { undo(last.effect) }
    closeBlock()
  }

  // MARK: Elements

  private func begin(_ name: String, _ attributes: HTMLAttributes) -> Effect {
    switch name {
    case "h1" where attributes.words("class").contains("title"):
      closeBlock()
      return .documentTitle
    case "h1", "h2", "h3", "h4", "h5", "h6":
      closeBlock()
      return .heading(Int(name.utf8.last ?? 0x31) - 0x30)
    case "pre", "listing", "xmp", "plaintext":
      closeBlock()
      listings += 1
      language = HTMLRules.language(attributes)
      return .listing
    case "code" where listings > 0:
      language = language ?? HTMLRules.language(attributes)
      return .none
    case "ul", "ol", "dir", "menu":
      closeBlock()
      lists.append(
        List(isOrdered: name == "ol", next: attributes.number("start") ?? 1, style: Self.style(attributes["type"])))
      return .list
    case "li":
      closeBlock()
      beginItem(attributes)
      return .item
    case "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption": return beginTable(name, attributes)
    case "figcaption":
      closeBlock()
      return .caption
    case "br":
      if listings > 0 { flow.text.appendVerbatim("\n") } else { breaks += 1 }
      return .none
    case "img":
      picture(attributes)
      return .none
    case "input":
      if !lists.isEmpty, attributes["type"] == "checkbox" {
        flow.text.append(attributes["checked"] == nil ? "[ ]" : "[x]")
        flow.text.appendSpace()
      }
      return .none
    case "a" where HTMLRules.isNoteReference(attributes, isRaised: raised > 0):
      return .reference(offset: flow.text.bytes.count)
    case "sup":
      raised += 1
      return .raised
    case "q":
      flow.text.append("“")
      return .quote
    case "head":
      heads += 1
      return .head
    case "title":
      titles += 1
      return .title
    case "meta":
      note(attributes)
      return .none
    default:
      guard HTMLRules.isBlock(name) else { return .none }
      closeBlock()
      return region(name, attributes)
    }
  }

  private func region(_ name: String, _ attributes: HTMLAttributes) -> Effect {
    if HTMLRules.isNote(attributes) {
      regions.notes += 1
      return .note
    }
    let roles = attributes.words("role")
    if name == "main" || roles.contains("main") {
      regions.beginMain(at: flow.blocks.count)
      return .main
    }
    if name == "article" || roles.contains("article") {
      regions.beginArticle(at: flow.blocks.count)
      return .article
    }
    if name == "footer", !regions.isInArticle {
      regions.feet += 1
      return .foot
    }
    return .block
  }

  private func undo(_ effect: Effect) {
    switch effect {
    case .none: break
    case .block: closeBlock()
    case .heading(let level):
      breaks = 0
      flow.close(.heading, level: level)
    case .documentTitle:
      breaks = 0
      flow.close(.title)
    case .listing:
      flow.close(.code, language: language)
      language = nil
      listings -= 1
    case .list:
      closeBlock()
      lists.removeLast()
    case .item:
      closeBlock()
      flow.endItem()
    case .table: endTable()
    case .row: endRow()
    case .tableHead:
      closeBlock()
      tableHeads -= 1
    case .cell(let columns, let rows): endCell(columns: columns, rows: rows)
    case .caption: endCaption()
    case .main:
      closeBlock()
      regions.endMain(at: flow.blocks.count)
    case .article:
      closeBlock()
      regions.endArticle(at: flow.blocks.count)
    case .note:
      closeBlock()
      regions.notes -= 1
    case .foot:
      closeBlock()
      regions.feet -= 1
    case .title: titles -= 1
    case .head: heads -= 1
    case .raised: raised -= 1
    case .reference(let offset): endReference(from: offset)
    case .quote: flow.text.append("”")
    }
  }

  /// Ends the open block with the role that its surroundings give it.
  private func closeBlock() {
    breaks = 0
    if listings > 0 { return flow.close(.code, language: language) }
    flow.close(regions.feet > 0 ? .footer : regions.notes > 0 ? .footnote : .paragraph)
  }

  /// One line break parts words, two part paragraphs.
  private func takeBreaks() {
    if breaks > 1 { closeBlock() } else { flow.text.appendSpace() }
    breaks = 0
  }

  // MARK: Lists and notes

  private func beginItem(_ attributes: HTMLAttributes) {
    let level = max(1, lists.count)
    guard let list = lists.last, list.isOrdered else { return flow.beginItem(ListMark.bullet, level: level) }
    let number = attributes.number("value") ?? list.next
    lists[lists.count - 1].next = number == Int.max ? number : number + 1
    if regions.notes > 0 { return flow.beginItem("[\(number)]", level: level) }
    flow.beginItem(ListMark.text(number, list.style) + ".", level: level)
  }

  private static func style(_ type: String?) -> ListMark.Style {
    switch type {
    case "a": .lowerLetter
    case "A": .upperLetter
    case "i": .lowerRoman
    case "I": .upperRoman
    default: .decimal
    }
  }

  /// `1`, raised, becomes `[1]`, so that it is no part of the word before it.
  private func endReference(from offset: Int) {
    let bytes = flow.text.bytes
    guard offset < bytes.count, bytes.count - offset <= 8 else { return }
    let mark = bytes[offset...].filter { $0 > 0x20 && !"[]()".utf8.contains($0) }
    guard !mark.isEmpty else { return }
    flow.text.replace(from: offset, with: "[\(String(decoding: mark, as: UTF8.self))]")
  }

  /// A formula that was made a picture still says what it is.
  private func picture(_ attributes: HTMLAttributes) {
    let classes = attributes.words("class")
    guard listings == 0, classes.contains(where: { $0.contains("math") || $0 == "tex" || $0 == "latex" }),
      let words = attributes["alt"]
    else { return }
    flow.text.append(words)
  }

  private func note(_ attributes: HTMLAttributes) {
    guard let name = attributes["name"]?.lowercased() ?? attributes["property"]?.lowercased(),
      let content = attributes["content"], meta[name] == nil, meta.count < 100
    else { return }
    meta[name] = content
  }

  // MARK: Tables

  private func beginTable(_ name: String, _ attributes: HTMLAttributes) -> Effect {
    closeBlock()
    switch name {
    case "table":
      if !tables.isEmpty { tables[tables.count - 1].isLayout = true }
      tables.append(FlowTableFrame(in: flow, isLayout: attributes["role"] == "presentation"))
      return .table
    case "tr" where !tables.isEmpty:
      tables[tables.count - 1].beginRow()
      hasValues = false
      return .row
    case "thead":
      tableHeads += 1
      return .tableHead
    case "td" where !tables.isEmpty, "th" where !tables.isEmpty:
      tables[tables.count - 1].beginCell(in: flow)
      if name == "td" { hasValues = true }
      return .cell(columns: attributes.number("colspan") ?? 1, rows: attributes.number("rowspan") ?? 1)
    case "caption": return .caption
    default: return .block
    }
  }

  private func endRow() {
    guard !tables.isEmpty else { return }
    tables[tables.count - 1].endRow()
    if tableHeads > 0 || !hasValues { tables[tables.count - 1].markHeader() }
  }

  private func endCell(columns: Int, rows: Int) {
    closeBlock()
    flow.endItem()
    if !tables.isEmpty { tables[tables.count - 1].endCell(in: flow, columns: columns, rows: rows) }
  }

  private func endCaption() {
    breaks = 0
    let count = flow.blocks.count
    flow.close(.caption)
    // A table takes its caption along; a figure's stays where it is.
    guard flow.blocks.count > count, open.last?.name == "table", let table = tables.last, table.isBefore(flow) else {
      return
    }
    tables[tables.count - 1].caption = flow.blocks.last?.text
  }

  private func endTable() {
    closeBlock()
    if let table = tables.popLast() { table.end(in: &flow) }
  }
}
