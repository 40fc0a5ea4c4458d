import OrderedJSON
import Testing

@testable import DataForge

@Suite("The retry policy")
struct RetryPolicyTests {
  private func decide(
    _ failure: AttemptFailure, attempt: Int, policy: RetryPolicy = RetryPolicy(), elapsed: Duration = .zero,
    jitter: Double = 1
  ) -> RetryPolicy.Decision {
    policy.decision(
      after: failure, attempt: attempt, elapsed: elapsed, address: "a", timeout: .seconds(9), jitter: jitter)
  }

  private func answered(_ status: Int, retryAfter: Duration? = nil) -> AttemptFailure {
    .answered(
      ServerComplaint(
        status: status, body: nil, plain: "", retryAfter: retryAfter, redirect: nil,
        detail: ErrorDetail(key: nil, messages: [])))
  }

  @Test("doubles the longest wait up to the ceiling and takes a random share of it")
  func backOff() {
    var policy = RetryPolicy()
    policy.maxAttempts = 100
    let waits = (1...8).map { decide(.lost(detail: "x"), attempt: $0, policy: policy) }
    #expect(waits == [1, 2, 4, 8, 16, 30, 30, 30].map { .retry(after: .seconds($0)) })
    #expect(decide(.lost(detail: "x"), attempt: 3, jitter: 0.25) == .retry(after: .seconds(1)))
    #expect(decide(.lost(detail: "x"), attempt: 3, jitter: 0) == .retry(after: .zero))
    // So many attempts must not overflow.
    #expect(decide(.lost(detail: "x"), attempt: 99, policy: policy) == .retry(after: .seconds(30)))
  }

  @Test("never comes back before the server wants, nor waits longer than the ceiling for it")
  func retryAfter() {
    #expect(decide(answered(503, retryAfter: .seconds(20)), attempt: 1, jitter: 0) == .retry(after: .seconds(20)))
    #expect(decide(answered(503, retryAfter: .seconds(9999)), attempt: 1, jitter: 0) == .retry(after: .seconds(120)))
  }

  @Test(
    "gives up after the last attempt with the error that fits",
    arguments: [
      (AttemptFailure.timedOut, 3, BackendError.timedOut(seconds: 9, attempts: 3)),
      (.lost(detail: "x"), 6, .connectionLost(detail: "x", attempts: 6)),
      (.malformed(detail: "x"), 3, .malformed(detail: "x", attempts: 3)),
      (.refusedConnection(detail: "x"), 4, .unreachable(address: "a", detail: "x")),
      (.insecure(detail: "x"), 1, .unreachable(address: "a", detail: "x")),
    ])
  func lastAttempt(failure: AttemptFailure, attempts: Int, error: BackendError) {
    if attempts > 1 { #expect(decide(failure, attempt: attempts - 1, jitter: 0) == .retry(after: .zero)) }
    #expect(decide(failure, attempt: attempts) == .giveUp(error))
  }

  @Test("asks again only where that can help")
  func statuses() {
    for status in [408, 409, 425, 429, 500, 502, 503, 504, 529] {
      #expect(decide(answered(status), attempt: 1, jitter: 0) == .retry(after: .zero), "\(status)")
    }
    for status in [301, 400, 401, 403, 404, 405, 413, 422, 501] {
      guard case .giveUp = decide(answered(status), attempt: 1) else {
        Issue.record("\(status) was retried")
        continue
      }
    }
  }

  @Test("starts no attempt after the deadline")
  func deadline() {
    #expect(decide(.timedOut, attempt: 1, elapsed: .seconds(899)) == .retry(after: .seconds(1)))
    #expect(
      decide(.timedOut, attempt: 1, elapsed: .seconds(900))
        == .giveUp(.timedOut(seconds: 9, attempts: 1)))
  }
}
