import CXML2

/// The attributes of one start tag, looked at only where they are asked for.
struct HTMLAttributes {
  let list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?

  subscript(_ name: StaticString) -> String? {
    guard var at = list else { return nil }
    while let key = at[0] {
      if key.withMemoryRebound(to: CChar.self, capacity: 1, { key in name.withUTF8Buffer { equal(key, $0) } }) {
        return at[1].map { String(cString: $0) } ?? ""
      }
      at += 2
    }
    return nil
  }

  var isEmpty: Bool { list == nil }

  /// The words of an attribute, in lower case: classes, roles, `epub:type`s.
  func words(_ name: StaticString) -> [Substring] {
    guard let value = self[name] else { return [] }
    return value.lowercased().split { $0.isWhitespace }
  }

  func number(_ name: StaticString) -> Int? { self[name].flatMap { Int($0) } }

  private func equal(_ key: UnsafePointer<CChar>, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    for (offset, byte) in name.enumerated() where UInt8(bitPattern: key[offset]) != byte { return false }
    return key[name.count] == 0
  }
}
