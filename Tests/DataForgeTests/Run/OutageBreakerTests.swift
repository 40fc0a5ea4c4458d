import OrderedJSON
import Synchronization
import Testing

@testable import DataForge

@Suite("a server that is down is asked no more")
struct OutageBreakerTests {
  /// Fails or answers as it is told, request after request.
  private final class Told: Backend {
    let name = "told"
    let model = "told"
    let concurrency = 1
    private let failures: [BackendError?]
    private let made = Mutex(0)

    var requests: Int { made.withLock { $0 } }

    init(_ failures: [BackendError?]) { self.failures = failures }

    func reply(to request: BackendRequest) async throws -> BackendReply {
      let number = made.withLock { made in
        made += 1
        return made - 1
      }
      if let failure = number < failures.count ? failures[number] : failures.last ?? nil { throw failure }
      return BackendReply(text: "yes", usage: TokenUsage(), finishReason: .stop)
    }
  }

  private let down = BackendError.serverFailure(status: 500, attempts: 6)

  /// What each of so many requests comes to: `yes`, `undone`, `item`, `down`, or `never` where it never answered.
  private func ask(_ backend: Told, times: Int) async -> [String] {
    let breaker = OutageBreaker(backend)
    var ends: [String] = []
    for _ in 0..<times {
      do {
        ends.append(try await breaker.reply(to: TestBackends.request).text)
      } catch let outage as BackendOutage {
        ends.append(outage.hasAnswered ? "down" : "never")
      } catch let error as BackendError {
        ends.append(error.consequence == .rejectsItem ? "item" : "undone")
      } catch {
        ends.append("\(error)")
      }
    }
    return ends
  }

  @Test func `the third request that fails after six attempts is the last`() async {
    let backend = Told([nil, down])
    #expect(await ask(backend, times: 6) == ["yes", "undone", "undone", "down", "down", "down"])
    #expect(backend.requests == 4)
  }

  @Test func `an answer between failures begins the count anew`() async {
    let backend = Told([down, down, nil, down, down, nil])
    #expect(await ask(backend, times: 6) == ["undone", "undone", "yes", "undone", "undone", "yes"])
  }

  @Test func `refusing one request is an answer, too`() async {
    let backend = Told([down, down, .contextExceeded(detail: ""), down, down, nil])
    #expect(await ask(backend, times: 6) == ["undone", "undone", "item", "undone", "undone", "yes"])
  }

  @Test func `single attempts count singly`() async {
    let backend = Told([nil, .refused(status: 400, detail: "")])
    let ends = await ask(backend, times: 20)
    #expect(ends.count { $0 == "undone" } == OutageBreaker.limit - 1)
    #expect(backend.requests == 1 + OutageBreaker.limit)
  }

  @Test func `a key that is refused, or nobody who listens, is enough at once`() async {
    let backend = Told([nil, .unauthorised(status: 401)])
    #expect(await ask(backend, times: 3) == ["yes", "down", "down"])
    #expect(backend.requests == 2)
    #expect(await ask(Told([.unreachable(address: "a", detail: "b")]), times: 2) == ["never", "never"])
  }

  @Test func `what is left undone is told from what stops the run`() {
    #expect(LeftUndone.reason(for: down)?.contains("HTTP 500") == true)
    #expect(LeftUndone.reason(for: BackendOutage(cause: down, hasAnswered: true))?.contains("Not asked") == true)
    #expect(LeftUndone.reason(for: BackendOutage(cause: down, hasAnswered: false)) == nil)
    #expect(LeftUndone.reason(for: BackendError.unauthorised(status: 401)) == nil)
    #expect(LeftUndone.reason(for: BackendError.notRecorded) == nil)
  }
}
