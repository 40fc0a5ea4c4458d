import Glibc
import OrderedJSON

/// The files that rows go to: one, or one for each part of the dataset in a folder.
public final class SplitFiles {
  /// Where rows go.
  public enum Target: Hashable, Sendable {
    /// One file for all; `-` is stdout.
    case file(String)
    /// `train.jsonl`, `validation.jsonl` and `test.jsonl` in a folder that exists, packed where asked for.
    case folder(String, isGzip: Bool)

    var isFolder: Bool { if case .folder = self { true } else { false } }
  }

  private let target: Target
  private let shardRows: Int?
  private var writers: [Split: ShardedWriter] = [:]
  /// What the rows of a folder hold so far.
  public private(set) var columns = RowColumns()

  /// - Throws: `FileError` where nothing can be written there.
  public init(_ target: Target, shardRows: Int? = nil) throws(FileError) {
    self.target = target
    self.shardRows = shardRows
    // The files that are there for certain are begun at once, so that a wrong path shows before the work.
    _ = try writer(.train)
  }

  /// Adds a row.
  /// - Throws: `FileError`.
  public func write(_ row: JSONObject, _ split: Split) throws(FileError) {
    if target.isFolder { columns.add(row) }
    try writer(split).write(.object(row))
  }

  /// Makes the files appear under their names.
  /// - Returns: for each part that has a file its rows and files.
  /// - Throws: `FileError`.
  public func finish() throws(FileError) -> [WrittenSplit] {
    var written: [WrittenSplit] = []
    for split in Split.allCases {
      guard let writer = writers[split] else { continue }
      written.append(WrittenSplit(split: split, rows: writer.rows, files: try writer.finish()))
    }
    removeEarlier(except: Set(written.flatMap(\.files)))
    return written
  }

  /// What an earlier export left in the folder would be read as a part of this dataset.
  private func removeEarlier(except files: Set<String>) {
    guard case .folder(let folder, _) = target else { return }
    for split in Split.allCases {
      for ending in ["jsonl", "jsonl.gz"] {
        let path = "\(folder)/\(split.rawValue).\(ending)"
        if !files.contains(path) { unlink(path) }
      }
    }
  }

  private func writer(_ split: Split) throws(FileError) -> ShardedWriter {
    let path: String
    let part: Split
    switch target {
    case .file(let file): (path, part) = (file, .train)
    case .folder(let folder, let isGzip):
      (path, part) = ("\(folder)/\(split.rawValue).jsonl\(isGzip ? ".gz" : "")", split)
    }
    if let writer = writers[part] { return writer }
    let writer = try ShardedWriter(path: path, shardRows: shardRows, ownsFolder: target.isFolder)
    writers[part] = writer
    return writer
  }
}

/// A part of a dataset as it was written.
public struct WrittenSplit: Hashable, Sendable {
  public var split: Split
  public var rows: Int
  public var files: [String]
}
