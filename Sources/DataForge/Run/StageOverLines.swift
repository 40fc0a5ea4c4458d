import OrderedJSON

/// Runs one stage by itself: JSON Lines, or an array, in; JSON Lines out, in the order of the input, whatever the concurrency.
public struct StageOverLines<S: Stage>: Sendable where S.Input: Decodable, S.Output: Encodable {
  public var stage: S
  /// How many items are under way at once.
  public var concurrency: Int
  public var listener: any ProgressListener
  public var interrupt: Interrupt

  public init(
    _ stage: S, concurrency: Int, listener: any ProgressListener = SilentProgress(), interrupt: Interrupt = Interrupt()
  ) {
    self.stage = stage
    self.concurrency = concurrency
    self.listener = listener
    self.interrupt = interrupt
  }

  /// Reads `input`, writes `output` and, where it is given, `rejected`; `-` is stdin or stdout.
  ///
  /// A row that is no JSON, or no item of the stage's kind, becomes a rejection that names its place.
  /// - Throws: `FileError`, what the stage throws, or `Interrupted`; then neither file appears.
  public func run(from input: String, to output: String, rejected: String?) async throws -> LinesTally {
    let reader = try JSONLinesReader(path: input)
    let lines = OrderedLines(
      kept: try JSONLinesWriter(path: output), rejected: try rejected.map { try JSONLinesWriter(path: $0) },
      window: concurrency * 4)
    listener.began(S.name, total: 0, alreadyDone: 0)
    var number = -1
    try await concurrently(limit: concurrency, interrupt: interrupt) { () -> (Int, JSONLine)? in
      guard let line = try reader.next() else { return nil }
      number += 1
      return (number, line)
    } body: { number, line in
      await lines.waitForRoom(number)
      try await lines.orGiveUp {
        var kept: [JSONValue] = []
        var dropped: [Rejection] = []
        for outcome in try await outcomes(of: line) {
          switch outcome {
          case .kept(let value): kept.append(try JSONValueEncoder().encode(value))
          case .rejected(let rejection): dropped.append(rejection)
          }
        }
        try lines.put(number, kept: kept, rejected: dropped)
      }
      listener.advanced(S.name)
    }
    listener.ended(S.name)
    return try lines.finish()
  }

  private func outcomes(of line: JSONLine) async throws -> [Outcome<S.Output>] {
    let input: S.Input
    do {
      input = try JSONValueDecoder().decode(S.Input.self, from: line.value.get())
    } catch {
      return [.rejected(Self.unreadable(line, error))]
    }
    do {
      return try await stage.run(input)
    } catch {
      guard let reason = LeftUndone.reason(for: error) else { throw error }
      return [
        .rejected(
          Rejection(
            stage: S.name, check: LeftUndone.check, reason: "\(reason) What stands in \(line.place) was left undone.",
            values: [line.place.unit.rawValue: .integer(line.number)], id: line.place.name))
      ]
    }
  }

  private static func unreadable(_ line: JSONLine, _ error: any Error) -> Rejection {
    let isJSON = if case .success = line.value { true } else { false }
    return Rejection(
      stage: S.name, check: isJSON ? "wrong-shape" : "not-json",
      reason: isJSON
        ? "\(line.place) is no \(S.Input.self): \(error)" : "\(line.place) is not valid JSON: \(error)",
      values: [line.place.unit.rawValue: .integer(line.number)], id: line.place.name)
  }
}
