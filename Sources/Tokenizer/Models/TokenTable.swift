import Glibc

/// The tokens of a vocabulary: their bytes, their numbers, and a way from each to the other.
final class TokenTable: @unchecked Sendable {
  // Sendable: filled before it is shared.

  /// Tables are as long as the largest number, so a file cannot ask for more than this.
  static let maximumID = 1 << 24

  private var bytes: [UInt8] = []
  /// Where each token's bytes start and end, by its number; both 0 where there is none.
  private var bounds: [(start: UInt32, end: UInt32)]
  private var slots: [Int32]
  private let mask: Int
  /// How many tokens there are.
  private(set) var count = 0
  /// How many bytes the longest token has.
  private(set) var longest = 0
  /// The largest number that a token may have here.
  var maximum: Int { bounds.count - 1 }

  /// Takes how many tokens there will be at most, and their largest number.
  init(capacity: Int, maximumID: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    mask = size - 1
    bounds = Array(repeating: (0, 0), count: maximumID + 1)
    bytes.reserveCapacity(capacity * 8)
  }

  /// Reads an object of tokens with their numbers.
  convenience init(_ field: TokenizerField) throws(TokenizerError) {
    guard let object = field.value.objectValue else { throw field.malformed("expected an object of tokens") }
    var maximum = 0
    for (_, value) in object {
      guard let id = value.intValue, id >= 0, id < Self.maximumID else {
        throw field.malformed("a token's id is not an integer from 0 to \(Self.maximumID - 1)")
      }
      maximum = max(maximum, id)
    }
    self.init(capacity: object.count, maximumID: maximum)
    for (token, value) in object { add(token, Int32(value.intValue ?? 0)) }
  }

  /// Adds a token; the later of two with the same bytes is found.
  func add(_ token: String, _ id: Int32) {
    var token = token
    token.withUTF8 { add($0, id) }
  }

  /// Adds a token.
  func add(_ token: UnsafeBufferPointer<UInt8>, _ id: Int32) {
    let start = bytes.count
    longest = max(longest, token.count)
    bytes.append(contentsOf: token)
    bounds[Int(id)] = (UInt32(start), UInt32(bytes.count))
    let place: Int = withBytes(token) { self.place(of: $0, token.count) }
    if slots[place] < 0 { count += 1 }
    slots[place] = id
  }

  private func withBytes<Result>(
    _ token: UnsafeBufferPointer<UInt8>, _ body: (UnsafePointer<UInt8>) -> Result
  ) -> Result {
    if let base = token.baseAddress { return body(base) }
    var nothing: UInt8 = 0
    return body(&nothing)
  }

  @inline(__always)
  private func place(of token: UnsafePointer<UInt8>, _ length: Int) -> Int {
    var place = Int(truncatingIfNeeded: ByteHash.hash(token, length)) & mask
    return slots.withUnsafeBufferPointer { slots -> Int in
      bytes.withUnsafeBufferPointer { bytes -> Int in
        bounds.withUnsafeBufferPointer { bounds -> Int in
          while true {
            let id = slots[place]
            if id < 0 { return place }
            let bound = bounds[Int(id)]
            if Int(bound.end - bound.start) == length {
              guard length > 0, let base = bytes.baseAddress else { return place }
              if memcmp(base + Int(bound.start), token, length) == 0 { return place }
            }
            place = (place + 1) & mask
          }
        }
      }
    }
  }

  /// The number of a token, or -1.
  @inline(__always)
  func id(_ token: UnsafePointer<UInt8>, _ length: Int) -> Int32 { slots[place(of: token, length)] }

  /// The number of a token, or -1.
  func id(_ token: [UInt8]) -> Int32 {
    token.withUnsafeBufferPointer { buffer in withBytes(buffer) { id($0, buffer.count) } }
  }

  /// The number of a token, or `nil`.
  func id(_ token: String) -> Int32? {
    let id = id(Array(token.utf8))
    return id < 0 ? nil : id
  }

  /// The bytes of a token, or `nil` where no token has the number.
  func token(_ id: Int32) -> ArraySlice<UInt8>? {
    guard id >= 0, Int(id) < bounds.count else { return nil }
    let bound = bounds[Int(id)]
    // A token without bytes is found by its name only.
    guard bound.end > bound.start else { return slots[place(ofEmpty: ())] == id ? [] : nil }
    return bytes[Int(bound.start)..<Int(bound.end)]
  }

  private func place(ofEmpty: Void) -> Int {
    var nothing: UInt8 = 0
    return place(of: &nothing, 0)
  }
}
