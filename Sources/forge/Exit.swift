import ArgumentParser
import DataForge
import Foundation
import OrderedJSON
import Tokenizer

/// The command was used wrongly; the message says how to use it.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Done, but with failures that the user asked to be strict about.
struct StrictFailure: Error {}

/// Ends the process: messages to stderr, and the exit codes of the command contract.
enum Exit {
  static let strict: Int32 = 1
  static let couldNotRun: Int32 = 2
  static let interrupted: Int32 = 130

  static func end(_ body: @Sendable () async throws -> Void) async -> Never {
    do {
      try await body()
      exit(0)
    } catch {
      exit(report(error))
    }
  }

  /// Says what went wrong and returns the exit code.
  private static func report(_ error: any Error) -> Int32 {
    switch error {
    case is StrictFailure:
      return strict
    case is Interrupted:
      return interrupted
    case let error as FileError where error.code == EPIPE:
      // Whoever read our output has seen enough.
      return 0
    default:
      break
    }
    let code = Forge.exitCode(for: error)
    if code == .success {
      print(Forge.fullMessage(for: error))
      return 0
    }
    if isOurs(error) {
      Console.error("forge: \(error)")
    } else {
      Console.error(Forge.fullMessage(for: error))
    }
    return couldNotRun
  }

  /// Whether the error carries a message of ours; the argument parser words its own.
  private static func isOurs(_ error: any Error) -> Bool {
    switch error {
    case is UsageError, is WorkspaceError, is BackendError, is BackendOutage, is Unfinished, is FileError,
      is SourceError, is RecipeFile.Invalid,
      is BackendChoice.Invalid, is BaseURL.Invalid, is JSONParseError, is UnknownRule, is UnknownToolCheck,
      is SandboxUnavailable, is ToolImportError, is WorkerError,
      is ChatTemplateError, is TokenizerError, is TrainedTurns.UnknownTurn:
      true
    default:
      false
    }
  }
}
