import NIOCore
import NIOHTTP1

/// One connection: reads requests and does with each what the script says, byte for byte.
final class ScriptedConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private let script: LoopbackServer.Script
  private let journal: Journal
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []

  init(script: @escaping LoopbackServer.Script, journal: Journal) {
    self.script = script
    self.journal = journal
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
    case .body(var part):
      body += part.readBytes(length: part.readableBytes) ?? []
    case .end:
      guard let head else { return }
      let request = journal.received(
        RecordedRequest(
          number: 0, method: head.method.rawValue, path: head.uri,
          headers: head.headers.map { ($0.name, $0.value) }, body: body))
      perform(script(request), on: context.channel)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func perform(_ behaviour: Behaviour, on channel: any Channel) {
    switch behaviour {
    case .reply:
      journal.answered()
      send(behaviour.wire ?? [], to: channel, thenClose: false)
    case .delay(let duration, let next):
      let loopBound = NIOLoopBound(self, eventLoop: channel.eventLoop)
      channel.eventLoop.scheduleTask(in: TimeAmount(duration)) { loopBound.value.perform(next, on: channel) }
    case .hangUp(let count, let whole):
      journal.answered()
      send(Array((whole.wire ?? []).prefix(count)), to: channel, thenClose: true)
    case .garbage(let bytes):
      journal.answered()
      send(bytes, to: channel, thenClose: true)
    case .drip(let interval):
      send(
        Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".utf8),
        to: channel, thenClose: false)
      let amount = TimeAmount(interval)
      channel.eventLoop.scheduleRepeatedTask(initialDelay: amount, delay: amount) { task in
        guard channel.isActive else { return task.cancel() }
        channel.writeAndFlush(ByteBuffer(string: "1\r\n \r\n"), promise: nil)
      }
    case .never: break
    }
  }

  private func send(_ bytes: [UInt8], to channel: any Channel, thenClose: Bool) {
    let written = channel.writeAndFlush(ByteBuffer(bytes: bytes))
    if thenClose { written.whenComplete { _ in channel.close(promise: nil) } }
  }
}
