/// Names of parts in a package, as its parts write them.
enum PartPath {
  /// What a reference in a part leads to: resolved against the part's folder, without what follows `#` or `?`.
  ///
  /// `..` never leads out of the package: the result is only ever looked up in its directory.
  static func resolve(_ reference: String, from part: String) -> String {
    let path = String(reference.prefix { $0 != "#" && $0 != "?" })
    let decoded = decoded(path)
    var names = decoded.hasPrefix("/") ? [] : part.split(separator: "/").dropLast().map(String.init)
    for name in decoded.split(separator: "/") {
      switch name {
      case ".": continue
      case "..": if !names.isEmpty { names.removeLast() }
      default: names.append(String(name))
      }
    }
    return names.joined(separator: "/")
  }

  /// With `%20` and the like as bytes.
  private static func decoded(_ path: String) -> String {
    guard path.utf8.contains(UInt8(ascii: "%")) else { return path }
    let bytes = Array(path.utf8)
    var result: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[at + 1...at + 2], as: UTF8.self), radix: 16), value != 0
      {
        result.append(value)
        at += 3
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
