/// A table's cells before their text is joined.
struct DraftTable {
  /// One row of cells, made of one or more printed rows.
  struct Row {
    /// The lines of each cell, as ranges of the page's bytes; empty where nothing stands.
    var cells: [[Range<Int>]]
    /// The printed rows, as indices into the block's.
    var printed: Range<Int>
  }

  var rows: [Row]
  /// How many rows, from the first, name the columns.
  var headerRows: Int
}
