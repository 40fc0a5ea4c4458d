import Foundation
import NIOCore
import NIOPosix

/// A program that runs while it is spoken with, line by line, over its standard input and output.
///
/// It is killed, with everything that it started, when it is told to stop and when nobody holds it any more.
final class SandboxedProcess: Sendable {
  /// What comes from the program. Standard output and standard error are read side by side.
  enum Event: Sendable {
    /// A line of standard output, without its line feed.
    case line([UInt8])
    /// More than a line may have came without a line feed; nothing comes after that.
    case lineTooLong
    /// So many bytes were written to standard error.
    case message(bytes: Int)
    /// Standard output ended; `message` is the last of standard error.
    case end(message: String)
  }

  private let leash: Leash
  private let channel: any Channel
  private let messages: MessageTail

  private init(leash: Leash, channel: any Channel, messages: MessageTail) {
    self.leash = leash
    self.channel = channel
    self.messages = messages
  }

  deinit { stop() }

  /// The last that the program wrote to standard error, at most 4,096 bytes.
  var message: String { messages.text }

  /// Starts a command line.
  /// - Parameters:
  ///   - words: what is started, beginning with the full path of a program.
  ///   - longestLine: bytes that a line of standard output may have.
  ///   - receive: takes what comes. It is called on a thread that serves others, too, and must not block.
  /// - Throws: the system's error, or the one of `Subprocess`.
  static func start(
    _ words: [String], environment: [String: String], longestLine: Int,
    receive: @escaping @Sendable (Event) -> Void
  ) async throws -> SandboxedProcess {
    // A program need not read what it is given; without this the broken pipe would end us.
    signal(SIGPIPE, SIG_IGN)
    let pipes = try ProcessPipes()
    let leash = Leash()
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let messages = MessageTail(on: loop)
    let channel: any Channel
    var ours = [pipes.input.ours, pipes.output.ours, pipes.error.ours]
    do {
      try await leash.start(words, environment: environment, pipes)
      // Standard error first, so that the last words of a program that ends at once are known when its output ends.
      _ = try await NIOPipeBootstrap(group: loop)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(MessageReader(tail: messages, receive: receive))
          }
        }
        .takingOwnershipOfDescriptor(input: pipes.error.ours).get()
      ours.removeLast()
      channel = try await NIOPipeBootstrap(group: loop)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
              LineReader(longest: longestLine, tail: messages, receive: receive))
          }
        }
        .takingOwnershipOfDescriptors(input: pipes.output.ours, output: pipes.input.ours).get()
    } catch {
      leash.release()
      for end in ours { close(end) }
      throw error
    }
    return SandboxedProcess(leash: leash, channel: channel, messages: messages)
  }

  /// Writes a line to the program's standard input. Whether it reads it is its own affair.
  func write(line: [UInt8]) {
    var buffer = channel.allocator.buffer(capacity: line.count + 1)
    buffer.writeBytes(line)
    buffer.writeInteger(UInt8(ascii: "\n"))
    channel.writeAndFlush(buffer, promise: nil)
  }

  /// Ends the program at once, and everything that it started.
  func stop() {
    leash.release()
    channel.close(promise: nil)
  }

  /// Ends the program's standard input, which asks it to end by itself, and stops it where it does not do so in time.
  func stop(after grace: Duration) async {
    channel.close(mode: .output, promise: nil)
    _ = try? await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [channel] in try await channel.closeFuture.get() }
      group.addTask { try await Task.sleep(for: grace) }
      try await group.next()
      group.cancelAll()
      stop()
    }
  }
}
