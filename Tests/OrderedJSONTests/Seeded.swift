import OrderedJSON

/// Random numbers that are the same in every run (SplitMix64, Steele et al. 2014).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Any value at all.
  mutating func value(depth: Int = 0) -> JSONValue {
    switch Int.random(in: 0..<(depth < 4 ? 9 : 7), using: &self) {
    case 0: return .null
    case 1: return .bool(.random(using: &self))
    case 2: return .integer(Int(truncatingIfNeeded: next()) >> Int.random(in: 0..<64, using: &self))
    case 3: return .bigInteger("-1" + String(repeating: "0", count: Int.random(in: 19...60, using: &self)))
    case 4:
      let double = Double(bitPattern: next())
      return .double(double.isFinite ? double : 0.5)
    case 5, 6: return .string(text())
    case 7: return .array((0..<Int.random(in: 0..<6, using: &self)).map { _ in value(depth: depth + 1) })
    default:
      let count = [0, 1, 4, 20].randomElement(using: &self) ?? 0
      return .object(JSONObject((0..<count).map { _ in (text(), value(depth: depth + 1)) }))
    }
  }

  /// Text of any code points, mostly letters.
  mutating func text() -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<40, using: &self) {
      let rare = Int.random(in: 0..<10, using: &self) == 0
      let code = UInt32.random(in: rare ? 0...0x10FFFF : 0x61...0x7A, using: &self)
      scalars.append(Unicode.Scalar(code) ?? "?")
    }
    return String(scalars)
  }
}
