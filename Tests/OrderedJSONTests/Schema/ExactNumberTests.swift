import Testing

@testable import OrderedJSON

@Suite struct ExactNumberTests {
  @Test(
    arguments: [
      (1, 1.0, 0), (1, 1.5, -1), (-1, -1.5, 1), (9_007_199_254_740_993, 9_007_199_254_740_992.0, 1),
      (.integer(.max), 0x1p63, -1), (.integer(.min), -0x1p63, 0), (.bigInteger("9223372036854775808"), 0x1p63, 0),
      (.bigInteger("9223372036854775809"), 0x1p63, 1), (.bigInteger("-9223372036854775809"), -0x1p63, -1),
      (.bigInteger("100000000000000000000"), 1e20, 0), (.bigInteger("100000000000000000001"), 1e20, 1),
      (.bigInteger("1000000000000000000000"), .bigInteger("999999999999999999999"), 1),
      (.bigInteger("-1000000000000000000000"), .bigInteger("-999999999999999999999"), -1),
      (.bigInteger("100000000000000000000"), .integer(.max), 1), (.bigInteger("-100000000000000000000"), 1e308, -1),
      (-0.0, 0, 0), (1e308, .bigInteger("1" + String(repeating: "0", count: 309)), -1),
    ] as [(JSONValue, JSONValue, Int)]) func ordersNumbersOfAllForms(
      _ left: JSONValue, _ right: JSONValue, _ order: Int
    )
  {
    #expect(ExactNumber.order(left, right) == order)
    #expect(ExactNumber.order(right, left) == -order)
    if order == 0 { #expect(ExactValue(value: left).hashValue == ExactValue(value: right).hashValue) }
  }

  @Test func comparesOnlyNumbers() {
    #expect(ExactNumber.order(1, "1") == nil)
    #expect(ExactNumber.order(true, 1) == nil)
  }

  @Test(
    arguments: [
      (0.3, 0.1, true), (1.1, 0.1, true), (0.35, 0.1, false), (1e308, 0.5, true), (1e308, 0.123456789, false),
      (.double(.leastNonzeroMagnitude), .double(.leastNonzeroMagnitude), true),
      (.bigInteger("123456789012345678901234567890"), 10, true),
      (.bigInteger("123456789012345678901234567891"), 10, false),
      (.bigInteger("246913578024691357802469135780"), .bigInteger("123456789012345678901234567890"), true),
      (.bigInteger("246913578024691357802469135781"), .bigInteger("123456789012345678901234567890"), false),
      (.integer(.min), 1, true), (0, 7, true), ("x", 7, true), (1, 3e10, false), (3e10, 1.5e10, true),
    ] as [(JSONValue, JSONValue, Bool)]) func dividesDecimally(
      _ value: JSONValue, _ divisor: JSONValue, _ divides: Bool
    ) throws
  {
    #expect(try #require(ExactDivisor(divisor)).divides(value) == divides)
  }

  @Test func refusesDivisorsNotAboveZero() {
    #expect(ExactDivisor(0) == nil)
    #expect(ExactDivisor(-1.5) == nil)
    #expect(ExactDivisor("1") == nil)
  }
}
