/// Makes a document of the pages that were read: running heads out, reading order, blocks, roles, repair.
///
/// Each step is a type of its own that works on values; this is the one place that knows their order.
struct DocumentAssembly {
  var pages: [PageFragments]
  let outline: [OutlineEntry]
  /// The title that the file's metadata gives.
  var title: String?
  /// The document's fonts, where blocks are to say what is set in which.
  var fonts: [FontStyle]?

  /// The blocks of each page.
  consuming func blocks() -> [[Block]] {
    let style = DocumentStyle(pages: pages)
    let titles = OutlineTitles(outline)
    let heads = RunningHeads(pages: pages, bodySize: style.bodySize)
    var drafts: [[DraftBlock]] = []
    drafts.reserveCapacity(pages.count)
    var isNoteOpen = false
    var isContentsOpen = false
    for page in pages.indices {
      let edges = heads.edges[page]
      let blocks = Self.drafts(
        of: &pages[page], index: page, edges: edges, style: style, titles: titles, isNoteOpen: &isNoteOpen,
        isContentsOpen: isContentsOpen)
      isContentsOpen = blocks.last { $0.role.isBody && $0.role != .footnote }?.role == .contents
      drafts.append(blocks)
    }
    TitleFinder(metadata: title, outline: titles, style: style).mark(&drafts, pages: pages)
    HeadingRules.rank(&drafts, pages: pages)
    FlowJoiner(pages: pages).join(&drafts)
    SectionRoles(pages: pages).mark(&drafts)
    ListNesting.mark(&drafts, pages: pages)
    let hyphens = LineEndHyphens(pages: pages, blocks: drafts)
    let assembly = TextAssembly(pages: pages, hyphens: hyphens)
    guard let fonts else { return drafts.map { $0.map(assembly.block) } }
    let spans = SpanAssembly(pages: pages, fonts: fonts)
    return drafts.map { page in
      page.map { draft in
        var block = assembly.block(draft)
        block.spans = spans.spans(of: draft, in: block)
        return block
      }
    }
  }

  private static func drafts(
    of page: inout PageFragments, index: Int, edges: [RunningHeads.Edge], style: DocumentStyle, titles: OutlineTitles,
    isNoteOpen: inout Bool, isContentsOpen: Bool
  ) -> [DraftBlock] {
    var isEdge = [Bool](repeating: false, count: page.fragments.count)
    var heads: [DraftBlock] = []
    var feet: [DraftBlock] = []
    for edge in edges {
      for fragment in edge.fragments { isEdge[fragment] = true }
      let isTop = (edge.fragments.first.map { page.fragments[$0].y0 } ?? 0) < page.height / 2
      let rows = PrintedRow.rows(of: edge.fragments, on: &page, pageIndex: index)
      for row in rows {
        if isTop {
          heads.append(DraftBlock(role: edge.role, rows: [row]))
        } else {
          feet.append(DraftBlock(role: edge.role, rows: [row]))
        }
      }
    }
    let rules = HeadingRules(style: style, outline: titles)
    let footnotes = FootnoteRules(style: style)
    var body: [DraftBlock] = []
    var notes: [DraftBlock] = []
    let inner = DropCaps.mend(&page, among: page.fragments.indices.filter { !isEdge[$0] })
    TurnedText.adopt(&page.fragments, among: inner)
    TurnedText.mirror(&page.fragments, among: inner)
    for turn in TurnedText.turns(of: page.fragments, among: inner) {
      let turned = TurnedPage(turn: turn, width: page.width, height: page.height)
      let indices = inner.filter { page.fragments[$0].turn == turn }
      if turn != .upright { for index in indices { page.fragments[index] = turned.turned(page.fragments[index]) } }
      for region in ReadingOrder.regions(of: page.fragments, among: indices) {
        let rows = PrintedRow.rows(of: region.fragments, on: &page, pageIndex: index)
        var blocks = BlockBuilder.blocks(
          of: rows, bytes: page.bytes, style: style, outline: titles,
          isContentsOpen: body.isEmpty ? isContentsOpen : body.last?.role == .contents)
        if !region.isAside {
          footnotes.mark(&blocks, bytes: page.bytes, pageHeight: turned.turnedHeight, isOpen: isNoteOpen)
        }
        if let note = blocks.last, note.role == .footnote {
          isNoteOpen = !SentenceEnd.ends(page.bytes[note.last.text])
        }
        rules.mark(&blocks, bytes: page.bytes)
        if region.isAside {
          for place in blocks.indices where blocks[place].role == .paragraph { blocks[place].role = .sideNote }
        }
        FormulaRules.mark(&blocks, bytes: page.bytes)
        // Notes of all columns stand at the foot of the page, after its text.
        body += blocks.filter { $0.role != .footnote }
        notes += blocks.filter { $0.role == .footnote }
      }
    }
    // A note may go on in the next column or on the next page, no further.
    if notes.isEmpty { isNoteOpen = false }
    return heads + body + notes + feet
  }
}
