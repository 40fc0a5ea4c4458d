/// What the reading of a file is busy with.
enum ReadStep: Hashable, Sendable {
  /// The process has only just begun.
  case starting
  /// It waits for a file.
  case idle
  case opening
  /// A page, counted from 1.
  case page(Int)
  /// The information dictionary and the outline.
  case information
  /// Blocks are made of what was read.
  case assembly
}

/// Is told what a reading is busy with, so that whoever waits for it knows what to blame where it ends.
protocol ReadWatch {
  func begins(_ step: ReadStep)

  /// Whether memory ran out since the step began, though the reader went on with what it had.
  func ranOutOfMemory() -> Bool
}

/// Nobody watches.
struct UnwatchedRead: ReadWatch {
  func begins(_ step: ReadStep) {}
  func ranOutOfMemory() -> Bool { false }
}
