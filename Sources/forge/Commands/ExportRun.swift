import DataForge
import OrderedJSON

/// Takes rows from their source through the export to their files, one after the other.
struct ExportRun {
  var export: RowExport
  let files: SplitFiles
  var rejected: RejectedRows
  private var kept = 0
  private let signals = StopOnSignal()

  init(export: RowExport, files: SplitFiles, rejected: RejectedRows) {
    self.export = export
    self.files = files
    self.rejected = rejected
  }

  /// - Returns: how many rows were written and dropped, and the files.
  mutating func run(over source: RowSource) async throws -> (tally: LinesTally, written: [WrittenSplit]) {
    while let row = try await source.next() {
      try signals.check()
      switch row.value {
      case .success(let value):
        try take(export.add(value), of: RowsInOut.Row(place: row.place, value: value))
      case .failure(let error):
        try rejected.add(
          RowsInOut.Row(place: row.place, value: .null), "not-json", "\(row.place) is not valid JSON: \(error)")
      }
    }
    while let outcome = export.finishNext() { try take(outcome, of: nil) }
    let written = try files.finish()
    try rejected.finish()
    return (LinesTally(kept: kept, rejected: rejected.counts), written)
  }

  private mutating func take(_ outcome: RowExport.Outcome, of row: RowsInOut.Row?) throws {
    for (split, value) in outcome.rows { try files.write(value, split) }
    kept += outcome.rows.count
    for problem in outcome.problems {
      guard let row else {
        try rejected.add(
          Rejection(
            stage: .export, check: problem.check, reason: problem.reason, values: .object(problem.values), id: "end"))
        continue
      }
      try rejected.add(row, problem.check, "\(row.place), \(problem.reason)", values: problem.values)
    }
  }
}

/// Where rows come from: a file of rows, or the finished samples of a workspace.
final class RowSource {
  private let lines: JSONLinesReader?
  private let samples: WorkspaceSamples?

  init(_ input: String) async throws {
    if Workspace.exists(input) {
      samples = try await WorkspaceSamples(Workspace(input, access: .look))
      lines = nil
    } else {
      lines = try JSONLinesReader(path: input)
      samples = nil
    }
  }

  /// The next row with its place; `nil` at the end.
  func next() async throws -> (place: RowPlace, value: Result<JSONValue, JSONParseError>)? {
    if let lines { return try lines.next().map { ($0.place, $0.value) } }
    return try await samples?.next().map { (RowPlace(.line, $0.number), .success($0.row)) }
  }
}
