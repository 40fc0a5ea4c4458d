import Glibc
import NIOCore
import NIOHTTP1

/// What became of a request on its connection.
enum ExchangeEnd: Sendable {
  /// - `isReusable`: whether the connection takes another request.
  case answered(WebAnswer, isReusable: Bool)
  /// With as much as there was room for.
  case tooLong(WebAnswer)
  /// With what had come until then.
  case timedOut(WebAnswer?)
  /// - `hasBegun`: whether something of an answer had come.
  case broken(any Error, hasBegun: Bool)
}

/// The last handler of a connection: sends one request at a time and gathers its answer, within bounds.
///
/// All of it runs on the connection's event loop.
final class ExchangeHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private static let quickAcknowledgement = ChannelOptions.socket(
    SocketOptionLevel(IPPROTO_TCP), SocketOptionName(TCP_QUICKACK))

  /// The server closed the connection.
  struct Closed: Error {}

  /// What became of a request, and the time from its sending to that.
  typealias Outcome = (end: ExchangeEnd, took: TimeAmount)

  private struct Exchange {
    let address: WebAddress
    let largest: Int
    let start: NIODeadline
    let deadline: NIODeadline
    let end: CheckedContinuation<Outcome, Never>
    var answer: WebAnswer?
    var isKeptAlive = false
  }

  private var proven: (() -> Void)?
  private var context: ChannelHandlerContext?
  private var exchange: Exchange?
  /// One timer serves many exchanges: who ends in time leaves it to the next, since setting one costs more than that.
  private var timer: (at: NIODeadline, task: Scheduled<Void>)?
  private var failure: (any Error)?
  private var added = NIODeadline.now()
  /// How long it took to connect, which the first request bears.
  private var connecting = TimeAmount.zero

  /// - Parameter proven: called when the first request has come to its end, however.
  init(proven: @escaping () -> Void) { self.proven = proven }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    added = .now()
  }

  func channelActive(context: ChannelHandlerContext) {
    connecting = .now() - added
    context.fireChannelActive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  /// Sends a request. `end` hears once what became of it.
  /// - Parameter time: how long the server has, from now on.
  func begin(
    _ head: HTTPRequestHead, _ body: ByteBuffer?, to address: WebAddress, largest: Int, within time: TimeAmount,
    end: CheckedContinuation<Outcome, Never>
  ) {
    guard let context, context.channel.isActive, exchange == nil else {
      end.resume(returning: (.broken(failure ?? Closed(), hasBegun: false), .zero))
      return
    }
    let start = NIODeadline.now() - connecting
    connecting = .zero
    exchange = Exchange(address: address, largest: largest, start: start, deadline: start + time, end: end)
    expire(context, notAfter: start + time)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if let body, body.readableBytes > 0 { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    // Many servers send head and body apart, and the second waits for our word on the first, which the system holds back
    // for 40 ms unless it is told not to, after each time that something was sent.
    try? context.channel.syncOptions?.setOption(Self.quickAcknowledgement, value: 1)
  }

  /// Ends the connection, and with it the request that waits.
  func giveUp() { context?.close(promise: nil) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard let address = exchange?.address else {
      // Nothing was asked: what such a server says next is not to be believed.
      context.close(promise: nil)
      return
    }
    switch unwrapInboundIn(data) {
    case .head(let head):
      exchange?.isKeptAlive = head.isKeepAlive
      exchange?.answer = WebAnswer(status: Int(head.status.code), headers: head.headers, address: address)
    case .body(let buffer):
      let room = (exchange?.largest ?? 0) - (exchange?.answer?.body.count ?? 0)
      exchange?.answer?.body.append(contentsOf: buffer.readableBytesView.prefix(room))
      if buffer.readableBytes > room, let answer = exchange?.answer {
        finish(.tooLong(answer))
        context.close(promise: nil)
      }
    case .end:
      guard let exchange, let answer = exchange.answer else { return }
      finish(.answered(answer, isReusable: exchange.isKeptAlive && context.channel.isActive))
      if !exchange.isKeptAlive { context.close(promise: nil) }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    failure = error
    finish(.broken(error, hasBegun: exchange?.answer != nil))
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.task.cancel()
    finish(.broken(Closed(), hasBegun: exchange?.answer != nil))
  }

  private func finish(_ end: ExchangeEnd) {
    guard let exchange else { return }
    self.exchange = nil
    proven?()
    proven = nil
    exchange.end.resume(returning: (end, .now() - exchange.start))
  }

  // MARK: Time

  private func expire(_ context: ChannelHandlerContext, notAfter deadline: NIODeadline) {
    if let timer {
      guard timer.at > deadline else { return }
      timer.task.cancel()
    }
    let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.timeHasCome() }
    timer = (deadline, task)
  }

  private func timeHasCome() {
    timer = nil
    guard let exchange, let context else { return }
    guard exchange.deadline <= .now() else { return expire(context, notAfter: exchange.deadline) }
    finish(.timedOut(exchange.answer))
    context.close(promise: nil)
  }
}
