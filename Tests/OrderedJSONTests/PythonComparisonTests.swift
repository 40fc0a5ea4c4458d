import Foundation
import OrderedJSON
import Testing

/// Holds our text against that of Python's `json`, on values that Python makes up from a seed.
@Suite("Like Python", .enabled(if: Python.isThere, "python3 is not installed")) struct PythonComparisonTests {
  @Test func `every style gives the bytes of json dumps`() throws {
    let lines = try Python.run(Self.values).split(separator: "\n")
    #expect(lines.count == 6000)
    var wrong = 0
    for line in lines {
      let texts = try #require(try JSONValue(parsing: String(line)).arrayValue?.compactMap(\.stringValue))
      let styles: [JSONStyle] = [
        .compact, .spaced, JSONStyle(.spaced, ensureASCII: true), .indented(2), JSONStyle(.compact, sortedKeys: true),
        JSONStyle(.indented(0), ensureASCII: true),
      ]
      try #require(texts.count == styles.count)
      let value = try JSONValue(parsing: texts[0])
      for (style, text) in zip(styles, texts) where Array(value.serialized(style).utf8) != Array(text.utf8) {
        wrong += 1
      }
      // What was escaped is the same value.
      if try JSONValue(parsing: texts[2]) != value { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test func `every double reads back as itself and is written as repr`() throws {
    var wrong = 0
    for line in try Python.run(Self.doubles).split(separator: "\n") {
      // Python's own hexadecimal form is exact.
      let parts = line.split(separator: " ").map(String.init)
      let value = try JSONValue(parsing: parts[0])
      if value != .double(try #require(Double(parts[1]))) || value.serialized() != parts[0] { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  private static let values = #"""
    import json, random, struct
    r = random.Random(20240607)
    letters = ['é', '中', '\U0001f600', '\x7f', '"', '\\', '\u2028', '\u0301', '\ufeff', '/', '\uffff', '\U0010ffff']
    def text():
        n = r.choice([0, 1, 3, 7, 8, 9, 15, 16, 17, 40, 200])
        return ''.join(r.choice(letters + [chr(r.randrange(0x20)), chr(r.randrange(0x20, 0x7f))])
                       if r.random() < .3 else chr(r.randrange(97, 123)) for _ in range(n))
    def number():
        kind = r.randrange(8)
        if kind == 0: return r.randrange(-10, 10)
        if kind == 1: return r.randrange(-2**64, 2**64)
        if kind == 2: return r.randrange(-10**40, 10**40)
        if kind == 3:
            while True:
                x = struct.unpack('d', r.randbytes(8))[0]
                if x == x and abs(x) != float('inf'): return x
        if kind == 4: return r.randrange(0, 10**6) / 100
        if kind == 5: return r.random() * 10 ** r.randrange(-20, 20)
        if kind == 6: return float(r.randrange(-10**18, 10**18))
        return round(r.random() * 1000, r.randrange(5))
    def value(depth):
        kind = r.randrange(8 if depth < 4 else 5)
        if kind == 0: return r.choice([None, True, False])
        if kind < 3: return number()
        if kind < 5: return text()
        if kind < 7: return [value(depth + 1) for _ in range(r.randrange(6))]
        return {text(): value(depth + 1) for _ in range(r.choice([0, 1, 3, 5, 20]))}
    for _ in range(6000):
        v = value(0)
        print(json.dumps([json.dumps(v, separators=(',', ':'), ensure_ascii=False), json.dumps(v, ensure_ascii=False),
                          json.dumps(v), json.dumps(v, indent=2, ensure_ascii=False),
                          json.dumps(v, separators=(',', ':'), ensure_ascii=False, sort_keys=True),
                          json.dumps(v, indent=0)]))
    """#

  private static let doubles = #"""
    import random, struct, math
    r = random.Random(4)
    xs = [0.0, -0.0, 1e16, 1e15, 1e17, 9999999999999998.0, 1e22, 1e23, 5e-324, 1.7976931348623157e308, 1e-4, 1e-5, 0.1,
          9.5e15, 2.0**53, 2.0**54, 2.0**63, 2.0**64, 123456789012345680.0, 2.2250738585072014e-308, 1e13, 1e13 + .01,
          0.01, 0.005, 1.005, 9999999999999.99, 4503599627370495.5, 0.30000000000000004, 100.0, 1e21]
    for e in range(-1074, 1024): xs += [math.ldexp(1.0, e), -math.ldexp(1 + r.random(), e)]
    for e in range(-323, 309): xs += [float('1e%d' % e), float('%de%d' % (r.randrange(1, 10**15), e - 15 if e > 15 else e))]
    for _ in range(20000):
        xs += [struct.unpack('d', r.randbytes(8))[0], r.random(), r.randrange(10**9) / 100, r.randrange(10**15) / 10**r.randrange(20)]
    # Swift and Python choose the exponent form in different places hereabouts.
    for _ in range(3000): xs += [float(r.randrange(2**52, 2**54)), r.random() / 10 ** r.randrange(3, 6)]
    for x in xs:
        if math.isfinite(x): print(repr(x), x.hex())
    """#
}
