import OrderedJSON

/// Packs sequences into rows of one length, each into the fullest row that still has room for it (best fit), so that a
/// batch holds little padding.
///
/// So that memory does not grow with the data, only so many rows are open at once; where there are more, the fullest is
/// closed. No sequence is cut, and none stands in two rows. Source: Ding et al., *Fewer Truncations Improve Language
/// Modeling* (2024), whose best-fit decreasing needs all lengths at once; with a window it is online best fit.
struct TokenPacker {
  /// How many tokens a row holds.
  let length: Int
  /// What fills a row's end.
  let padding: Int32
  /// Whether rows say which of their tokens are padding.
  let hasMask: Bool

  /// A row that is being filled.
  private struct OpenRow {
    var sequences: [(id: JSONValue?, tokens: TokenSequence)] = []
    var count = 0
  }

  /// At most so many tokens wait in open rows.
  private static let openTokens = 4 << 20
  private let openRows: Int
  private var open: [OpenRow] = []

  init(length: Int, padding: Int32, hasMask: Bool) {
    self.length = length
    self.padding = padding
    self.hasMask = hasMask
    openRows = max(8, min(1024, Self.openTokens / max(length, 1)))
  }

  /// Takes a sequence that is no longer than a row, and gives the row that is full by it, if any.
  mutating func add(_ tokens: TokenSequence, id: JSONValue?) -> JSONObject? {
    var best: Int?
    for index in open.indices where open[index].count + tokens.count <= length {
      if best.map({ open[$0].count < open[index].count }) ?? true { best = index }
    }
    if let best {
      open[best].sequences.append((id, tokens))
      open[best].count += tokens.count
      return open[best].count == length ? close(best) : nil
    }
    open.append(OpenRow(sequences: [(id, tokens)], count: tokens.count))
    if open[open.count - 1].count == length { return close(open.count - 1) }
    guard open.count > openRows, let fullest = open.indices.max(by: { open[$0].count < open[$1].count }) else {
      return nil
    }
    return close(fullest)
  }

  /// One of the rows that are still open, the first begun first; `nil` where none is left.
  mutating func closeNext() -> JSONObject? { open.isEmpty ? nil : close(0) }

  private mutating func close(_ index: Int) -> JSONObject { row(open.remove(at: index)) }

  /// A row holds the sequences of several samples, and trainers keep them apart in different ways: `position_ids` start
  /// anew with each sequence (`transformers`, which looks at them only where there is no `attention_mask`), `seq_lengths`
  /// are their lengths with the padding as the last (TRL), and `sequence_ids` count them from 1, with 0 for padding.
  ///
  /// A sequence's first token is never trained on: what would predict it is the
  /// sequence before.
  private func row(_ open: OpenRow) -> JSONObject {
    var ids: [Int32] = []
    var labels: [Int32] = []
    var positions: [Int32] = []
    var sequences: [Int32] = []
    for (number, sequence) in open.sequences.enumerated() {
      ids += sequence.tokens.ids
      labels += [TokenSequence.ignoredLabel] + sequence.tokens.labels.dropFirst()
      positions += (0..<sequence.tokens.count).map { Int32($0) }
      sequences += [Int32](repeating: Int32(number + 1), count: sequence.tokens.count)
    }
    let empty = length - ids.count
    let mask = [Int32](repeating: 1, count: ids.count) + [Int32](repeating: 0, count: empty)
    let zeros = [Int32](repeating: 0, count: empty)
    var row: JSONObject = [:]
    let names = open.sequences.compactMap(\.id)
    if !names.isEmpty { row["ids"] = .array(names) }
    let lengths = open.sequences.map { Int32($0.tokens.count) } + (empty > 0 ? [Int32(empty)] : [])
    row["input_ids"] = TokenSequence.json(ids + [Int32](repeating: padding, count: empty))
    if hasMask { row["attention_mask"] = TokenSequence.json(mask) }
    row["labels"] = TokenSequence.json(labels + [Int32](repeating: TokenSequence.ignoredLabel, count: empty))
    row["position_ids"] = TokenSequence.json(positions + zeros)
    row["sequence_ids"] = TokenSequence.json(sequences + zeros)
    row["seq_lengths"] = TokenSequence.json(lengths)
    return row
  }
}
