import CCmark

/// Reads Markdown, as GitHub writes it, with cmark-gfm: one page.
struct MarkdownReader {
  private struct List {
    var isOrdered: Bool
    var next: Int
  }

  private var flow = FlowBuilder()
  private let limits: InputLimits
  private var lists: [List] = []
  private var notes = 0
  private var noteMark = ""
  private var quietImages = 0
  private var table: FlowTable?

  /// - Parameter text: the file without its front matter.
  static func read(_ text: String, limits: InputLimits) throws(InputFailure) -> FlowBuilder {
    try MarkdownScan.check(text, limits: limits)
    var reader = MarkdownReader(limits: limits)
    try reader.walk(text)
    reader.flow.close()
    try reader.flow.check()
    return reader.flow
  }

  private init(limits: InputLimits) { self.limits = limits }

  private mutating func walk(_ text: String) throws(InputFailure) {
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8) else { return }
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "tasklist", "autolink"] {
      if let addition = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, addition) }
    }
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
    guard let root = cmark_parser_finish(parser) else { return }
    defer { cmark_node_free(root) }
    guard let iterator = cmark_iter_new(root) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
      let name = Self.name(of: node)
      if event == CMARK_EVENT_ENTER { try enter(name, node) } else if event == CMARK_EVENT_EXIT { exit(name, node) }
    }
  }

  private mutating func enter(_ name: String, _ node: OpaquePointer) throws(InputFailure) {
    switch name {
    case "text", "code": if quietImages == 0 { flow.text.append(Self.literal(node)) }
    case "softbreak", "linebreak": flow.text.appendSpace()
    case "html_inline": if Self.literal(node).lowercased().hasPrefix("<br") { flow.text.appendSpace() }
    case "html_block":
      flow.close(role)
      try add(html: Self.literal(node))
    case "code_block":
      flow.close(role)
      flow.text.appendVerbatim(Self.literal(node))
      flow.close(.code, language: Self.language(node))
    case "list":
      flow.close(role)
      let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      lists.append(List(isOrdered: isOrdered, next: Int(cmark_node_get_list_start(node))))
    case "item", "tasklist": enterItem(isTask: name == "tasklist", node)
    case "image": quietImages += 1
    case "footnote_reference": flow.text.append("[\(Self.literal(node))]")
    case "footnote_definition":
      notes += 1
      flow.close()
      flow.beginItem("[\(notes)]", level: 1)
      noteMark = "note"
    case "table": table = FlowTable()
    case "table_row", "table_header": table?.beginRow()
    default: break
    }
  }

  private mutating func exit(_ name: String, _ node: OpaquePointer) {
    switch name {
    case "paragraph": flow.close(role)
    case "heading": flow.close(.heading, level: Int(cmark_node_get_heading_level(node)))
    case "item", "tasklist":
      flow.close(role)
      flow.endItem()
    case "list":
      if !lists.isEmpty { lists.removeLast() }
    case "image": quietImages -= 1
    case "footnote_definition":
      flow.close(role)
      flow.endItem()
      noteMark = ""
    case "table_header": table?.markHeader()
    case "table_cell":
      flow.text.settle()
      table?.addCell(String(decoding: flow.text.bytes, as: UTF8.self))
      flow.text = FlowText()
    case "table":
      if let table = table?.table {
        flow.add(table)
      } else {
        for row in table?.rows ?? [] { flow.add(row.filter { !$0.isEmpty }.joined(separator: " "), role: .paragraph) }
      }
      table = nil
    default: break
    }
  }

  private var role: Role { noteMark.isEmpty ? .paragraph : .footnote }

  private mutating func enterItem(isTask: Bool, _ node: OpaquePointer) {
    flow.close(role)
    guard let list = lists.last else { return }
    var mark = ListMark.bullet
    if list.isOrdered {
      mark = "\(list.next)."
      lists[lists.count - 1].next += 1
    }
    if isTask { mark += cmark_gfm_extensions_get_tasklist_item_checked(node) ? " [x]" : " [ ]" }
    flow.beginItem(mark, level: lists.count)
  }

  /// HTML among the Markdown: headings in the middle of the page, tables, what unfolds.
  private mutating func add(html: String) throws(InputFailure) {
    let page = HTMLFlow(flow: flow, limits: limits)
    try HTMLParser.parse(html, into: page, limits: limits)
    flow = page.flow
  }

  /// The library has no names for the nodes of footnotes.
  private static func name(of node: OpaquePointer) -> String {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_FOOTNOTE_DEFINITION: "footnote_definition"
    case CMARK_NODE_FOOTNOTE_REFERENCE: "footnote_reference"
    default: cmark_node_get_type_string(node).map { String(cString: $0) } ?? ""
    }
  }

  /// The first word after a fence: `swift`, `{.python #id}`.
  private static func language(_ node: OpaquePointer) -> String? {
    guard let words = cmark_node_get_fence_info(node).map({ String(cString: $0) }) else { return nil }
    return InputText.language(words.split { " \t{}".contains($0) }.first)
  }

  private static func literal(_ node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }
}
