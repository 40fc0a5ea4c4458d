import Foundation
import Glibc
import OrderedJSON

/// Writes rows to one JSON Lines file, or to several of at most so many rows each: `train-00000-of-00003.jsonl`, the names
/// that `datasets` expects.
///
/// No file appears under its name before all are written, since the names say how many there are; until then they have
/// hidden names in the same folder. `finish()` also removes what an earlier export left under the same name in another
/// number of pieces: a reader of `train-*` would take it for more rows.
public final class ShardedWriter {
  /// The name without pieces, as it was asked for.
  public let path: String
  /// How many rows were written.
  public private(set) var rows = 0
  private let shardRows: Int?
  private let ownsFolder: Bool
  private let style: JSONStyle
  private let names: ShardNames
  private var writer: JSONLinesWriter?
  private var rowsInShard = 0
  /// The pieces that are whole, by their hidden names.
  private var pieces: [String] = []

  /// Begins a file, or the first of several.
  /// - Parameters:
  ///   - path: the file, or the name that the pieces' names are made from; gzip where it ends in `.gz`.
  ///   - shardRows: how many rows a piece has at most; `nil` for one file.
  ///   - ownsFolder: whether one file takes the place of pieces of its name that lie beside it.
  /// - Throws: `FileError` where nothing can be written there, or where stdout or a device should be cut in pieces.
  public init(
    path: String, shardRows: Int? = nil, ownsFolder: Bool = false, style: JSONStyle = .compact
  ) throws(FileError) {
    self.path = path
    self.ownsFolder = ownsFolder
    self.shardRows = shardRows.map { max($0, 1) }
    self.style = style
    names = ShardNames(path)
    guard shardRows != nil else {
      writer = try JSONLinesWriter(path: path, style: style)
      return
    }
    var status = stat()
    if path == "-" || (stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG) {
      throw FileError(
        operation: .write, path: path, reason: "it cannot be cut in pieces",
        hint: "name a file for the pieces, or leave out --shard-rows")
    }
    try begin()
  }

  deinit { abandon() }

  /// Adds a row.
  /// - Throws: `FileError`; then all is given up.
  public func write(_ row: JSONValue) throws(FileError) {
    try makeRoom()
    try writer?.write(row)
    count()
  }

  /// Adds a row that is text already; it must hold no line feed.
  /// - Throws: `FileError`; then all is given up.
  public func write(rawLine: String) throws(FileError) {
    try makeRoom()
    try writer?.write(rawLine: rawLine)
    count()
  }

  /// Makes the files appear under their names.
  /// - Returns: the files, in order.
  /// - Throws: `FileError`.
  @discardableResult public func finish() throws(FileError) -> [String] {
    try writer?.finish()
    writer = nil
    guard shardRows != nil else {
      if ownsFolder { names.removeOthers(than: [path]) }
      return [path]
    }
    let paths = pieces.indices.map { names.shard($0, of: pieces.count) }
    for (piece, path) in zip(pieces, paths) {
      guard rename(piece, path) == 0 else { throw FileError(operation: .write, path: path, code: errno) }
    }
    pieces = []
    names.removeOthers(than: paths)
    names.syncFolder()
    return paths
  }

  /// Throws away what was written; this also happens when the writer goes away without `finish()`.
  public func abandon() {
    writer?.abandon()
    writer = nil
    for piece in pieces { unlink(piece) }
    pieces = []
  }

  private func makeRoom() throws(FileError) {
    guard let shardRows, rowsInShard == shardRows else { return }
    try writer?.finish()
    try begin()
  }

  private func begin() throws(FileError) {
    let piece = names.hidden(pieces.count)
    writer = try JSONLinesWriter(path: piece, style: style)
    pieces.append(piece)
    rowsInShard = 0
  }

  private func count() {
    rows += 1
    rowsInShard += 1
  }
}
