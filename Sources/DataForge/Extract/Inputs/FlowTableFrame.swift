/// A table that is open while its cells' blocks come in.
///
/// Tables are also used to set pages: where a cell holds headings, tables or much text, the cells stay blocks in order.
struct FlowTableFrame {
  private var cells = FlowTable()
  private let firstBlock: Int
  private var cellBlock: Int
  var caption: String?
  var isLayout: Bool

  init(in flow: FlowBuilder, isLayout: Bool = false) {
    firstBlock = flow.blocks.count
    cellBlock = firstBlock
    self.isLayout = isLayout
  }

  mutating func beginRow() { cells.beginRow() }
  mutating func endRow() { cells.endRow() }
  mutating func markHeader() { cells.markHeader() }
  mutating func beginCell(in flow: FlowBuilder) { cellBlock = flow.blocks.count }

  /// Whether a block that was just added stands before all cells.
  func isBefore(_ flow: FlowBuilder) -> Bool { flow.blocks.count == firstBlock + 1 }

  /// Takes in the blocks that were added since the cell began.
  mutating func endCell(in flow: FlowBuilder, columns: Int = 1, rows: Int = 1, isContinued: Bool = false) {
    let blocks = flow.blocks[min(cellBlock, flow.blocks.count)...]
    if blocks.count > 6 || blocks.contains(where: { $0.role == .heading || $0.role == .table || $0.lines.count > 3 }) {
      isLayout = true
    }
    cellBlock = flow.blocks.count
    guard !isLayout else { return }
    cells.addCell(isContinued ? "" : blocks.map(\.text).joined(separator: " "), columns: columns, rows: rows)
  }

  /// Puts the table in the place of its cells' blocks, unless it is none.
  consuming func end(in flow: inout FlowBuilder) {
    guard !isLayout, let table = cells.table else { return }
    let page = flow.blocks.indices.contains(firstBlock) ? flow.blocks[firstBlock].page : flow.page
    flow.remove(from: firstBlock)
    if let caption { flow.add(caption, role: .caption, page: page) }
    flow.add(table, page: page)
  }
}
