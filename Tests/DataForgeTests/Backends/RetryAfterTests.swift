import Testing

@testable import DataForge

@Suite("The Retry-After header")
struct RetryAfterTests {
  @Test("counts seconds, fractions too, and never backwards")
  func seconds() {
    #expect(RetryAfter.duration("120", now: 0) == .seconds(120))
    #expect(RetryAfter.duration(" 1.5 ", now: 0) == .seconds(1.5))
    #expect(RetryAfter.duration("-3", now: 0) == .zero)
  }

  @Test("may be a date; one that has passed is now")
  func date() {
    // The example of RFC 9110.
    #expect(RetryAfter.unixTime(httpDate: "Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
    #expect(RetryAfter.unixTime(httpDate: "Thu, 29 Feb 2024 00:00:00 GMT") == 1_709_164_800)
    #expect(RetryAfter.unixTime(httpDate: "Thu, 01 Jan 1970 00:00:00 GMT") == 0)
    #expect(RetryAfter.duration("Sun, 06 Nov 1994 08:49:37 GMT", now: 784_111_770) == .seconds(7))
    #expect(RetryAfter.duration("Sun, 06 Nov 1994 08:49:37 GMT", now: 784_111_800) == .zero)
  }

  @Test(
    "that says something else is ignored",
    arguments: [
      "", "soon", "nan", "inf", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Foo 1994 08:49:37 GMT",
      "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
    ])
  func nonsense(header: String) {
    #expect(RetryAfter.duration(header, now: 0) == nil)
  }
}
