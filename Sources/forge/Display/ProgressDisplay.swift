import DataForge
import Foundation
import Synchronization

/// Shows how far a run is: one line that is drawn over on a terminal, a plain line from time to time elsewhere,
/// nothing with `--quiet` (warnings are always shown).
final class ProgressDisplay: ProgressListener {
  enum Style: Sendable {
    case terminal, plain, quiet

    static func automatic(quiet: Bool) -> Style { quiet ? .quiet : Console.isErrorTerminal ? .terminal : .plain }
  }

  private struct State {
    var stage: StageName?
    var total = 0
    var done = 0
    var alreadyDone = 0
    var tokens = TokenUsage()
    var started = ContinuousClock.now
    var shown = ContinuousClock.now - .seconds(60)
    var isLineOpen = false
  }

  private let style: Style
  private let givenUnit: String?
  private let state = Mutex(State())

  /// - Parameter unit: what is counted; by default what each stage takes in a run of all of them.
  init(style: Style, unit: String? = nil) {
    self.style = style
    givenUnit = unit
  }

  func began(_ stage: StageName, total: Int, alreadyDone: Int) {
    state.withLock { state in
      state.stage = stage
      state.total = total
      state.done = alreadyDone
      state.alreadyDone = alreadyDone
      state.started = .now
      state.shown = .now - .seconds(style == .plain ? 0 : 60)
      if alreadyDone > 0, style != .quiet {
        closeLine(&state)
        let rest = alreadyDone < total ? "; going on with the rest" : ""
        Console.error("\(stage.rawValue): \(alreadyDone) of \(total) \(unit(stage)) were done before\(rest)")
      }
      draw(&state)
    }
  }

  func advanced(_ stage: StageName) {
    state.withLock { state in
      state.done += 1
      draw(&state)
    }
  }

  func spent(_ usage: TokenUsage) {
    state.withLock { state in
      state.tokens = state.tokens + usage
      draw(&state)
    }
  }

  func ended(_ stage: StageName) {
    state.withLock { state in
      guard style != .quiet else { return }
      closeLine(&state)
      let hadWork = state.total == 0 || state.done > state.alreadyDone
      if stage != .export, hadWork { Console.error(line(state, final: true)) }
      state.stage = nil
    }
  }

  func warned(_ message: String) {
    state.withLock { state in
      closeLine(&state)
      Console.error("warning: \(message)")
    }
  }

  /// Ends a line that is being drawn over, so that a message can follow.
  func close() { state.withLock { closeLine(&$0) } }

  private func draw(_ state: inout State) {
    let pause: Duration = style == .terminal ? .milliseconds(100) : .seconds(10)
    guard style != .quiet, state.stage != nil, state.stage != .export, .now - state.shown >= pause,
      style == .terminal || state.done < state.total || state.total == 0
    else { return }
    state.shown = .now
    let text = line(state, final: false)
    switch style {
    case .terminal:
      Console.put("\r\u{1B}[2K\(text.prefix(Console.width - 1))", to: 2)
      state.isLineOpen = true
    case .plain: Console.error(text)
    case .quiet: break
    }
  }

  private func closeLine(_ state: inout State) {
    guard state.isLineOpen else { return }
    Console.put("\r\u{1B}[2K", to: 2)
    state.isLineOpen = false
  }

  private func line(_ state: State, final: Bool) -> String {
    guard let stage = state.stage else { return "" }
    let seconds = (ContinuousClock.now - state.started) / .seconds(1)
    let fresh = state.done - state.alreadyDone
    let rate = seconds > 0.2 ? Double(fresh) / seconds : 0
    // Rows that come in one by one have no known number.
    let isCounted = state.total > 0
    let count = isCounted ? "\(state.done)/\(state.total) \(unit(stage))" : "\(state.done) rows"
    var parts = ["\(stage.rawValue) \(count)"]
    if rate > 0 { parts.append(Self.speed(rate)) }
    if final {
      parts.append(Self.time(seconds))
    } else if rate > 0, state.done < state.total {
      parts.append("\(Self.time(Double(state.total - state.done) / rate)) left")
    }
    let tokens = state.tokens.prompt + state.tokens.completion
    if tokens > 0 { parts.append("\(tokens) tokens") }
    let bar = style == .terminal && !final && isCounted ? Self.bar(state.done, of: state.total) + " " : ""
    return bar + parts.joined(separator: " · ")
  }

  private func unit(_ stage: StageName) -> String {
    if let givenUnit { return givenUnit }
    return switch stage {
    case .extract: "files"
    case .chunk: "documents"
    case .generate, .validate: "passages"
    case .filter, .export: "samples"
    }
  }

  private static func speed(_ rate: Double) -> String {
    switch rate {
    case ..<1: String(format: "%.1f/min", rate * 60)
    case ..<10: String(format: "%.1f/s", rate)
    default: String(format: "%.0f/s", rate)
    }
  }

  private static func bar(_ done: Int, of total: Int) -> String {
    let width = 20
    let filled = total > 0 ? min(width, done * width / total) : width
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(whole % 60) s"
    default: return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
  }
}
