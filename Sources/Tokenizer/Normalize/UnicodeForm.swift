/// The normalization forms of Unicode.
enum UnicodeForm: Sendable {
  case composed, decomposed, compatiblyComposed, compatiblyDecomposed

  private var isComposed: Bool { self == .composed || self == .compatiblyComposed }
  private var isCompatible: Bool { self == .compatiblyComposed || self == .compatiblyDecomposed }

  /// Whether a text is in the form, as far as can be told at a glance; it may be in it where this is false.
  func clearlyHolds(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let table = DecompositionTable.shared
    let unwanted =
      switch self {
      case .composed: DecompositionTable.joins | DecompositionTable.changesWhenComposed
      // What is composed may be decomposed and composed to something else.
      case .compatiblyComposed: DecompositionTable.joins | DecompositionTable.decomposesCompatibly
      case .decomposed: DecompositionTable.joins | DecompositionTable.decomposes
      case .compatiblyDecomposed: DecompositionTable.joins | DecompositionTable.decomposesCompatibly
      }
    // Nothing below changes in any form, or nothing below is touched by the canonical ones.
    let untouched: UInt8 = isCompatible ? 0xC2 : self == .composed ? 0xCC : 0xC3
    var place = start
    while place < end {
      let first = text[place]
      if first < untouched {
        place += ByteString.length(first)
        continue
      }
      let (value, length) = ByteString.scalar(text, place)
      if table.hints(value) & unwanted != 0 { return false }
      place += length
    }
    return true
  }

  /// The text in this form, as the changes that lead to it.
  ///
  /// The changes are those of the `unicode-normalization-alignments` crate: offsets depend on them.
  func changes(_ text: UnsafePointer<UInt8>, _ count: Int) -> [ScalarChange] {
    var decomposed: [ScalarChange] = []
    decomposed.reserveCapacity(count)
    let table = DecompositionTable.shared
    var classes: [UInt8] = []
    var pendingFrom = 0
    var place = 0
    while place < count {
      let (value, length) = ByteString.scalar(text, place)
      place += length
      var isFirst = true
      table.decompose(value, compatibly: isCompatible) { scalar in
        let combiningClass = table.combiningClass(scalar)
        if combiningClass == 0 {
          Self.sort(&decomposed, &classes, pendingFrom)
          pendingFrom = decomposed.count + 1
        }
        decomposed.append(ScalarChange(scalar: scalar, change: isFirst ? 0 : 1))
        classes.append(combiningClass)
        isFirst = false
      }
    }
    Self.sort(&decomposed, &classes, pendingFrom)
    return isComposed ? Self.composed(decomposed, classes) : decomposed
  }

  /// Brings the marks at the end into their order, those of the same class staying as they are.
  private static func sort(_ scalars: inout [ScalarChange], _ classes: inout [UInt8], _ from: Int) {
    guard scalars.count > from + 1 else { return }
    let order = (from..<scalars.count).sorted { (classes[$0], $0) < (classes[$1], $1) }
    let sortedScalars = order.map { scalars[$0] }
    let sortedClasses = order.map { classes[$0] }
    scalars.replaceSubrange(from..., with: sortedScalars)
    classes.replaceSubrange(from..., with: sortedClasses)
  }

  private static func composed(_ scalars: [ScalarChange], _ classes: [UInt8]) -> [ScalarChange] {
    let table = DecompositionTable.shared
    var result: [ScalarChange] = []
    result.reserveCapacity(scalars.count)
    /// Where the scalar stands that what follows may be composed with.
    var starter = -1
    var lastClass: UInt8?
    for (scalar, combiningClass) in zip(scalars, classes) {
      guard starter >= 0 else {
        if combiningClass == 0 { starter = result.count }
        result.append(scalar)
        continue
      }
      let isBlocked = lastClass.map { $0 >= combiningClass } ?? false
      if !isBlocked, let composite = table.compose(result[starter].scalar, scalar.scalar) {
        result[starter].scalar = composite
        result[starter].change += scalar.change - 1
        continue
      }
      if combiningClass == 0 {
        starter = result.count
        lastClass = nil
      } else {
        lastClass = combiningClass
      }
      result.append(scalar)
    }
    return result
  }
}
