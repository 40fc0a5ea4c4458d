import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// Holds a program that runs; when it lets go, the program is killed with everything that it started.
final class Leash: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func release() { continuation.finish() }

  private func untilReleased() async { for await _ in stream {} }

  /// Starts the program and returns as soon as it runs; a task waits for its end, and kills it
  /// when the leash is let go.
  func start(_ words: [String], environment: [String: String], _ pipes: ProcessPipes) async throws {
    var options = PlatformOptions()
    options.processGroupID = 0
    let (started, start) = AsyncThrowingStream<Void, any Error>.makeStream()
    // Subprocess starts all programs from one thread, which lives as long as we do. It has to be like that: bubblewrap's
    // --die-with-parent goes by the thread that started it.
    Task.detached { [options] in
      do {
        _ = try await Subprocess.run(
          .path(FilePath(words[0])), arguments: Arguments(Array(words.dropFirst())),
          environment: .custom(
            Dictionary(environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }) { first, _ in first }),
          workingDirectory: "/", platformOptions: options,
          input: .fileDescriptor(FileDescriptor(rawValue: pipes.input.theirs), closeAfterSpawningProcess: true),
          output: .fileDescriptor(FileDescriptor(rawValue: pipes.output.theirs), closeAfterSpawningProcess: true),
          error: .fileDescriptor(FileDescriptor(rawValue: pipes.error.theirs), closeAfterSpawningProcess: true)
        ) { execution in
          start.finish()
          await self.untilReleased()
          try? execution.send(signal: .kill, toProcessGroup: true)
        }
      } catch {
        start.finish(throwing: error)
      }
    }
    for try await _ in started {}
  }
}

/// The pipes between us and a program. Subprocess lets no program inherit what is not meant for it.
struct ProcessPipes {
  /// Both ends of a pipe.
  struct Ends {
    var ours: CInt
    var theirs: CInt
  }

  let input: Ends
  let output: Ends
  let error: Ends

  /// - Throws: the system's error where there are too many open files.
  init() throws {
    var pipes: [[CInt]] = []
    for _ in 0..<3 {
      var ends: [CInt] = [0, 0]
      guard pipe(&ends) == 0 else {
        let code = errno
        for end in pipes.joined() { close(end) }
        throw Errno(rawValue: code)
      }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      pipes.append(ends)
    }
    input = Ends(ours: pipes[0][1], theirs: pipes[0][0])
    output = Ends(ours: pipes[1][0], theirs: pipes[1][1])
    error = Ends(ours: pipes[2][0], theirs: pipes[2][1])
  }
}
