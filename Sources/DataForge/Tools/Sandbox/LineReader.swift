import NIOCore
import Synchronization

/// Cuts what a program writes into lines, and keeps no more than one of them.
final class LineReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let longest: Int
  private let tail: MessageTail
  private let receive: @Sendable (SandboxedProcess.Event) -> Void
  private var line: [UInt8] = []
  private var isOver = false

  /// - Parameter tail: what comes on standard error; the end is told when that has been read, too.
  init(longest: Int, tail: MessageTail, receive: @escaping @Sendable (SandboxedProcess.Event) -> Void) {
    self.longest = longest
    self.tail = tail
    self.receive = receive
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isOver else { return }
    var rest = unwrapInboundIn(data).readableBytesView[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      guard line.count + rest.distance(from: rest.startIndex, to: end) <= longest else { return stop(context) }
      line.append(contentsOf: rest[..<end])
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if !line.isEmpty { receive(.line(line)) }
      line.removeAll(keepingCapacity: line.capacity <= 1 << 16)
      rest = rest[rest.index(after: end)...]
    }
    guard line.count + rest.count <= longest else { return stop(context) }
    line.append(contentsOf: rest)
  }

  func channelInactive(context: ChannelHandlerContext) { end() }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed? = event as? ChannelEvent { end() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A broken pipe: the program closed its input. What it still writes is worth reading, and its end comes by itself.
  }

  private func end() {
    guard !isOver else { return }
    isOver = true
    if !line.isEmpty { receive(.line(line)) }
    line = []
    tail.whenOver { [receive, tail] in receive(.end(message: tail.text)) }
  }

  private func stop(_ context: ChannelHandlerContext) {
    isOver = true
    line = []
    receive(.lineTooLong)
    context.close(promise: nil)
  }
}

/// Reads standard error to its end, and keeps the tail of it.
final class MessageReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let tail: MessageTail
  private let receive: @Sendable (SandboxedProcess.Event) -> Void

  init(tail: MessageTail, receive: @escaping @Sendable (SandboxedProcess.Event) -> Void) {
    self.tail = tail
    self.receive = receive
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    tail.append(buffer.readableBytesView)
    receive(.message(bytes: buffer.readableBytes))
  }

  func channelInactive(context: ChannelHandlerContext) { tail.isOver.succeed() }
}

/// The last that a program wrote to standard error.
final class MessageTail: Sendable {
  private static let longest = 4_096
  /// Fulfilled when standard error ends.
  let isOver: EventLoopPromise<Void>
  private let bytes = Mutex<[UInt8]>([])

  init(on loop: any EventLoop) { isOver = loop.makePromise() }

  deinit { isOver.succeed() }

  var text: String { bytes.withLock { String(decoding: $0.suffix(Self.longest), as: UTF8.self) } }

  /// Calls back when standard error has ended, or a moment later where somebody holds it open.
  func whenOver(_ act: @escaping @Sendable () -> Void) {
    let isOver = isOver
    isOver.futureResult.eventLoop.scheduleTask(in: .milliseconds(200)) { isOver.succeed() }
    isOver.futureResult.whenComplete { _ in act() }
  }

  func append(_ more: ByteBufferView) {
    bytes.withLock { bytes in
      bytes.append(contentsOf: more.suffix(Self.longest))
      if bytes.count > 4 * Self.longest { bytes = bytes.suffix(Self.longest) }
    }
  }
}
