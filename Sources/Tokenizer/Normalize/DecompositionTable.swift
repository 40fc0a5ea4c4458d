/// How scalars are taken apart and put together again.
final class DecompositionTable: Sendable {
  static let shared = DecompositionTable()

  /// Where the whole decomposition of a scalar stands, by the scalar; missing where it has none.
  private let canonicalPlaces: [UInt32: Range<Int>]
  private let compatiblePlaces: [UInt32: Range<Int>]
  private let scalars: [UInt32]
  /// What a pair of scalars makes, by both.
  private let composites: [UInt64: UInt32]
  /// What keeps a text from being taken for composed at a glance, two bits for each scalar below the limit: 1 for what
  /// has a decomposition, 2 for marks and for what a letter before it may be composed with.
  private let hints: [UInt8]
  private let classes: [UInt32: UInt8]

  static let decomposes: UInt8 = 1
  static let joins: UInt8 = 2
  static let changesWhenComposed: UInt8 = 4
  static let decomposesCompatibly: UInt8 = 8
  private static let limit: UInt32 = 0x30000

  private init() {
    var steps: [UInt32: [UInt32]] = [:]
    var composites: [UInt64: UInt32] = [:]
    var hints = [UInt8](repeating: 0, count: Int(Self.limit))
    Self.forEachEntry(Self.canonical) { scalar, parts, isExcluded in
      steps[scalar] = parts
      hints[Int(scalar)] |= Self.decomposes | Self.decomposesCompatibly
      if isExcluded {
        hints[Int(scalar)] |= Self.changesWhenComposed
      } else if parts.count == 2 {
        composites[UInt64(parts[0]) << 32 | UInt64(parts[1])] = scalar
        hints[Int(parts[1])] |= Self.joins
      }
    }
    for scalar in 0xAC00...0xD7A3 { hints[scalar] |= Self.decomposes | Self.decomposesCompatibly }
    for scalar in 0x1161...0x1175 { hints[scalar] |= Self.joins }
    for scalar in 0x11A8...0x11C2 { hints[scalar] |= Self.joins }

    var scalars: [UInt32] = []
    var canonicalPlaces: [UInt32: Range<Int>] = [:]
    for scalar in steps.keys {
      let start = scalars.count
      Self.expand(scalar, steps, &scalars)
      canonicalPlaces[scalar] = start..<scalars.count
    }
    var compatiblePlaces: [UInt32: Range<Int>] = [:]
    Self.forEachEntry(Self.compatible) { scalar, parts, _ in
      compatiblePlaces[scalar] = scalars.count..<(scalars.count + parts.count)
      scalars += parts
      hints[Int(scalar)] |= Self.decomposesCompatibly
    }
    var classes: [UInt32: UInt8] = [:]
    for value in 0x300..<Self.limit where ScalarTable.shared.kinds(value) & ScalarTable.Kinds.mark != 0 {
      guard let scalar = Unicode.Scalar(value), scalar.properties.age?.major ?? 99 <= 9 else { continue }
      let combiningClass = scalar.properties.canonicalCombiningClass.rawValue
      guard combiningClass > 0 else { continue }
      classes[value] = combiningClass
      hints[Int(value)] |= Self.joins
    }
    self.canonicalPlaces = canonicalPlaces
    self.compatiblePlaces = compatiblePlaces
    self.scalars = scalars
    self.composites = composites
    self.hints = hints
    self.classes = classes
  }

  /// The bits above for a scalar.
  @inline(__always)
  func hints(_ scalar: UInt32) -> UInt8 { scalar < Self.limit ? hints[Int(scalar)] : 0 }

  /// The canonical combining class; 0 for what starts a new cluster.
  func combiningClass(_ scalar: UInt32) -> UInt8 {
    hints(scalar) & Self.joins == 0 ? 0 : classes[scalar] ?? 0
  }

  /// Hands over what a scalar is decomposed to, or the scalar itself.
  func decompose(_ scalar: UInt32, compatibly: Bool, _ body: (UInt32) -> Void) {
    let wanted = compatibly ? Self.decomposesCompatibly : Self.decomposes
    guard hints(scalar) & wanted != 0 else { return body(scalar) }
    if (0xAC00...0xD7A3).contains(scalar) {
      let index = scalar - 0xAC00
      body(0x1100 + index / 588)
      body(0x1161 + index % 588 / 28)
      if index % 28 > 0 { body(0x11A7 + index % 28) }
      return
    }
    guard let place = (compatibly ? compatiblePlaces[scalar] : nil) ?? canonicalPlaces[scalar] else {
      return body(scalar)
    }
    for index in place { body(scalars[index]) }
  }

  /// What two scalars make together.
  func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if (0x1100...0x1112).contains(first), (0x1161...0x1175).contains(second) {
      return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
    }
    if (0xAC00...0xD7A3).contains(first), (first - 0xAC00) % 28 == 0, (0x11A8...0x11C2).contains(second) {
      return first + second - 0x11A7
    }
    return composites[UInt64(first) << 32 | UInt64(second)]
  }

  private static func expand(_ scalar: UInt32, _ steps: [UInt32: [UInt32]], _ into: inout [UInt32]) {
    guard let parts = steps[scalar] else {
      into.append(scalar)
      return
    }
    for part in parts { expand(part, steps, &into) }
  }

  /// Hands over each entry of a table: its scalar, what it is decomposed to, and whether composing does not undo it.
  private static func forEachEntry(_ table: StaticString, _ body: (UInt32, [UInt32], Bool) -> Void) {
    var scalar: UInt32 = 0
    var number: UInt32 = 0
    var parts: [UInt32] = []
    var isExcluded = false
    func finish() {
      parts.append(number)
      body(scalar, parts, isExcluded)
      (number, isExcluded) = (0, false)
      parts.removeAll(keepingCapacity: true)
    }
    table.withUTF8Buffer { bytes in
      for byte in bytes {
        switch byte {
        case UInt8(ascii: " "): finish()
        case UInt8(ascii: ":"), UInt8(ascii: "!"):
          scalar += number
          isExcluded = byte == UInt8(ascii: "!")
          number = 0
        case UInt8(ascii: ","):
          parts.append(number)
          number = 0
        default: number = number << 4 | UInt32(byte < 0x41 ? byte - 0x30 : byte - 0x37)
        }
      }
      finish()
    }
  }
}
