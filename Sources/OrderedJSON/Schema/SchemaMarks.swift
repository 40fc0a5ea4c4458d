/// Which items and properties of one value some schema has looked at: what `unevaluatedItems` and
/// `unevaluatedProperties` ask. Made only where one of them is in reach.
final class SchemaMarks {
  private(set) var properties = PlaceSet()
  private(set) var items = PlaceSet()

  func markProperty(_ place: Int) { properties.insert(place) }
  func markItem(_ place: Int) { items.insert(place) }
  func markItems(upTo count: Int) { items.insert(upTo: count) }

  func formUnion(_ other: SchemaMarks) {
    properties.formUnion(other.properties)
    items.formUnion(other.items)
  }

  /// A set of places, small ones in one word.
  struct PlaceSet {
    /// All places below this one belong to the set.
    private var end = 0
    private var low: UInt64 = 0
    private var high: [UInt64] = []

    func contains(_ place: Int) -> Bool {
      if place < end { return true }
      if place < 64 { return low >> UInt64(place) & 1 == 1 }
      let word = place / 64 - 1
      return word < high.count && high[word] >> UInt64(place % 64) & 1 == 1
    }

    mutating func insert(_ place: Int) {
      if place < end { return }
      if place < 64 {
        low |= 1 << UInt64(place)
        return
      }
      let word = place / 64 - 1
      while high.count <= word { high.append(0) }
      high[word] |= 1 << UInt64(place % 64)
    }

    mutating func insert(upTo count: Int) { end = max(end, count) }

    mutating func formUnion(_ other: PlaceSet) {
      end = max(end, other.end)
      low |= other.low
      while high.count < other.high.count { high.append(0) }
      for word in other.high.indices { high[word] |= other.high[word] }
    }
  }
}
