/// A block while the document is put together: rows of one or more pages, before their text is joined.
struct DraftBlock {
  var role: Role
  var level: Int?
  var rows: [PrintedRow]
  var table: DraftTable?
  /// Line breaks and indentation carry meaning: a program listing.
  var keepsLines = false
  /// The outline's level, or the number's depth, where a heading has one.
  var knownLevel: Int?

  var first: PrintedRow { rows[0] }
  var last: PrintedRow { rows[rows.count - 1] }
  var x0: Float { rows.reduce(.infinity) { min($0, $1.x0) } }
  var x1: Float { rows.reduce(-.infinity) { max($0, $1.x1) } }
  var glyphs: Int { rows.reduce(0) { $0 + $1.glyphs } }

  /// The size of most of its letters.
  var size: Float {
    rows.max { ($0.glyphs, $1.size) < ($1.glyphs, $0.size) }?.size ?? 0
  }
}
