/// Makes blocks of the body of a Word document, or of its notes, heads and feet.
///
/// Deleted and hidden text is left out, inserted text kept. Pages are those that the document records: Word writes
/// down where its pages ended when it last set them.
final class WordBody: XMLFlow {
  /// What is known of a paragraph that is open.
  private struct Paragraph {
    var style: String?
    var list: String?
    var level: Int?
    var outline: Int?
    var beginsPage = false
    var endsSection = false
    var hasBegun = false
  }

  private(set) var flow = FlowBuilder()
  /// The texts of notes by their numbers, where the part is one of notes.
  private(set) var notes: [Int: String] = [:]
  /// The notes that the text refers to, in order, each with its page.
  private(set) var references: [(page: Int, id: Int, isEnd: Bool)] = []

  private let styles: WordStyles
  private let numbering: WordNumbering
  private let role: Role

  private var paragraphs: [Paragraph] = []
  private var tables: [FlowTableFrame] = []
  private var cells: [(columns: Int, isContinued: Bool)] = []
  /// How many elements are open in one that is left out.
  private var skipped = 0
  private var properties = 0
  private var isHidden = false
  private var isText = false
  private var contents = 0
  private var isPageFresh = true
  private var note: (id: Int, firstBlock: Int)?
  private var isSectionContinuous = false
  private var code: [String] = []

  /// - Parameter role: what paragraphs are that are nothing else: paragraphs, or heads, feet, notes.
  init(styles: WordStyles, numbering: WordNumbering, role: Role = .paragraph) {
    self.styles = styles
    self.numbering = numbering
    self.role = role
  }

  private static let skippedElements: Set<String> = [
    "w:del", "w:moveFrom", "w:pPrChange", "w:rPrChange", "w:tblPrChange", "w:sectPrChange", "w:trPrChange",
    "w:tcPrChange", "w:tblGridChange", "w:instrText", "w:delText", "w:delInstrText", "mc:Fallback", "w:fldData",
    "w:rt", "m:ctrlPr",
  ]

  // MARK: What the parser tells

  func start(_ name: String, _ attributes: XMLAttributes) {
    if skipped > 0 {
      skipped += 1
    } else if Self.skippedElements.contains(name), properties == 0 || name.hasSuffix("Change") {
      skipped = 1
    } else if properties > 0 {
      property(name, attributes)
    } else {
      begin(name, attributes)
    }
  }

  func end(_ name: String) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    switch name {
    case "w:pPr", "w:rPr", "w:tcPr", "w:sectPr", "w:sdtPr", "w:trPr", "w:tblPr":
      if properties > 0 { properties -= 1 }
      if name == "w:pPr" { beginText() }
    case "w:p": endParagraph()
    case "w:r": isHidden = false
    case "w:t", "m:t": isText = false
    case "w:sdt": if contents > 0 { contents -= 1 }
    case "w:tr": if !tables.isEmpty { tables[tables.count - 1].endRow() }
    case "w:tc": endCell()
    case "w:tbl":
      closeCode()
      if let table = tables.popLast() { table.end(in: &flow) }
    case "w:footnote", "w:endnote": endNote()
    case "w:body", "w:footnotes", "w:endnotes", "w:hdr", "w:ftr": closeCode()
    default: break
    }
  }

  func text(_ text: String) {
    guard isText, skipped == 0, !isHidden else { return }
    add(text)
  }

  // MARK: Elements

  private func begin(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "w:p": beginParagraph()
    case "w:pPr", "w:rPr", "w:tcPr", "w:sdtPr", "w:trPr", "w:tblPr": properties += 1
    case "w:sectPr":
      properties += 1
      isSectionContinuous = false
    case "w:t", "m:t": isText = true
    case "w:tab", "w:ptab": add(" ")
    case "w:noBreakHyphen": add("-")
    case "w:sym": symbol(attributes)
    case "w:br":
      if attributes["type"] == "page" { turnPage() } else { breakLine() }
    case "w:cr": breakLine()
    case "w:lastRenderedPageBreak": turnPage()
    case "w:footnoteReference", "w:endnoteReference": refer(attributes, isEnd: name == "w:endnoteReference")
    case "w:sdt": if contents > 0 { contents += 1 }
    case "w:tbl":
      closeParagraphText()
      closeCode()
      if !tables.isEmpty { tables[tables.count - 1].isLayout = true }
      tables.append(FlowTableFrame(in: flow))
    case "w:tr": if !tables.isEmpty { tables[tables.count - 1].beginRow() }
    case "w:tc":
      if !tables.isEmpty { tables[tables.count - 1].beginCell(in: flow) }
      cells.append((1, false))
    case "w:footnote", "w:endnote":
      let isReal = attributes["type"] == nil || attributes["type"] == "normal"
      if isReal, let id = attributes.number("id") { note = (id, flow.blocks.count) } else { skipped = 1 }
    default: break
    }
  }

  private func property(_ name: String, _ attributes: XMLAttributes) {
    let last = paragraphs.count - 1
    switch name {
    case "w:pPr", "w:rPr", "w:tcPr", "w:sdtPr", "w:trPr", "w:tblPr": properties += 1
    case "w:sectPr":
      properties += 1
      isSectionContinuous = false
      if last >= 0 { paragraphs[last].endsSection = true }
    case "w:type":
      isSectionContinuous = attributes["val"] == "continuous" || attributes["val"] == "nextColumn"
    case "w:pStyle": if last >= 0 { paragraphs[last].style = attributes["val"] }
    case "w:numId": if last >= 0 { paragraphs[last].list = attributes["val"] }
    case "w:ilvl": if last >= 0 { paragraphs[last].level = attributes.number("val") }
    case "w:outlineLvl": if last >= 0 { paragraphs[last].outline = attributes.number("val") }
    case "w:pageBreakBefore": if last >= 0 { paragraphs[last].beginsPage = attributes.isOn }
    // The mark at a paragraph's end has properties too, which say nothing about its text.
    case "w:vanish": if properties == 1 { isHidden = attributes.isOn }
    case "w:rStyle": if properties == 1, styles.isHidden(attributes["val"]) { isHidden = true }
    case "w:docPartGallery":
      if attributes["val"]?.lowercased().hasPrefix("table of contents") == true, contents == 0 { contents = 1 }
    case "w:tblHeader":
      if attributes.isOn, !tables.isEmpty { tables[tables.count - 1].markHeader() }
    case "w:gridSpan": if !cells.isEmpty { cells[cells.count - 1].columns = attributes.number("val") ?? 1 }
    case "w:vMerge": if !cells.isEmpty { cells[cells.count - 1].isContinued = attributes["val"] != "restart" }
    default: break
    }
  }

  private func add(_ text: String) {
    guard contents == 0, !isHidden else { return }
    beginText()
    if isCode { flow.text.appendVerbatim(text) } else { flow.text.append(text) }
    if text.utf8.contains(where: { $0 > 0x20 }) { isPageFresh = false }
  }

  private func breakLine() {
    guard contents == 0, !isHidden else { return }
    if isCode { flow.text.appendVerbatim("\n") } else { flow.text.appendSpace() }
  }

  /// A character of a font that has its own: the common ones are known.
  private func symbol(_ attributes: XMLAttributes) {
    guard let code = attributes["char"].flatMap({ UInt32($0, radix: 16) }), let scalar = Unicode.Scalar(code) else {
      return
    }
    add(String(Character(scalar)))
  }

  private func refer(_ attributes: XMLAttributes, isEnd: Bool) {
    guard contents == 0, !isHidden, let id = attributes.number("id") else { return }
    beginText()
    references.append((flow.page, id, isEnd))
    flow.text.append("[\(references.count)]")
  }

  /// Goes on with the next page, once where several things ask for it.
  private func turnPage() {
    guard !isPageFresh, note == nil, role == .paragraph else { return }
    if flow.text.isEmpty { closeCode() }
    flow.turnPage()
    isPageFresh = true
  }

  // MARK: Paragraphs

  private func beginParagraph() {
    // A text box stands within the paragraph that it is anchored in.
    if !paragraphs.isEmpty { closeParagraphText() }
    paragraphs.append(Paragraph())
  }

  private var kind: WordStyles.Kind {
    guard let paragraph = paragraphs.last else { return .body }
    if let outline = paragraph.outline, (0..<9).contains(outline) { return .heading(outline + 1) }
    return styles.kind(of: paragraph.style)
  }

  private var isCode: Bool { kind == .code }

  /// What comes before a paragraph's first letter: a page's end, its number.
  private func beginText() {
    let last = paragraphs.count - 1
    guard last >= 0, !paragraphs[last].hasBegun else { return }
    paragraphs[last].hasBegun = true
    let kind = self.kind
    if kind != .code { closeCode() }
    if paragraphs[last].beginsPage { turnPage() }
    guard contents == 0 else { return }
    let own = paragraphs[last].list.map { ($0, paragraphs[last].level) }
    let inherited = styles.list(of: paragraphs[last].style).map { ($0.list, Int?.some($0.level)) }
    guard let (list, level) = own ?? inherited else { return }
    let depth = level ?? inherited?.1 ?? 0
    guard let mark = numbering.mark(list: list, level: depth) else { return }
    switch kind {
    case .heading, .title, .caption:
      if mark != ListMark.bullet {
        flow.text.append(mark)
        flow.text.appendSpace()
      }
    default: flow.beginItem(mark, level: min(9, max(1, depth + 1)))
    }
  }

  private func closeParagraphText() {
    let kind = self.kind
    if kind == .contents || contents > 0 {
      flow.text = FlowText()
      return flow.endItem()
    }
    switch kind {
    case .code:
      flow.text.settle()
      code.append(String(decoding: flow.text.bytes, as: UTF8.self))
      flow.text = FlowText()
      return
    case .heading(let level): flow.close(role == .paragraph ? .heading : role, level: role == .paragraph ? level : nil)
    case .title: flow.close(role == .paragraph ? .title : role)
    case .caption: flow.close(role == .paragraph ? .caption : role)
    case .body, .contents: flow.close(role)
    }
  }

  private func endParagraph() {
    beginText()
    closeParagraphText()
    flow.endItem()
    guard let paragraph = paragraphs.popLast() else { return }
    if paragraph.endsSection, !isSectionContinuous { turnPage() }
  }

  /// Paragraphs of a listing are its lines.
  private func closeCode() {
    guard !code.isEmpty else { return }
    let lines = code
    code = []
    let open = flow.text
    flow.text = FlowText()
    flow.text.appendVerbatim(lines.joined(separator: "\n"))
    flow.close(.code)
    flow.text = open
  }

  private func endCell() {
    closeCode()
    guard let cell = cells.popLast(), !tables.isEmpty else { return }
    tables[tables.count - 1].endCell(in: flow, columns: cell.columns, isContinued: cell.isContinued)
  }

  private func endNote() {
    closeCode()
    guard let note else { return }
    self.note = nil
    let texts = flow.blocks[min(note.firstBlock, flow.blocks.count)...].map(\.text)
    notes[note.id] = texts.joined(separator: " ")
    flow.remove(from: note.firstBlock)
  }
}
