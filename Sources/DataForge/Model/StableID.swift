import CPoppler

/// Names for things that are made from what made them, so that the same input gives the same name on every machine.
public enum StableID {
  /// The first 32 hexadecimal digits of the SHA-256 of the parts, each preceded by its length so that no two lists of
  /// parts collide.
  public static func of(_ parts: String...) -> String {
    var bytes: [UInt8] = []
    for part in parts {
      bytes.append(contentsOf: "\(part.utf8.count):".utf8)
      bytes.append(contentsOf: part.utf8)
    }
    return String(sha256(bytes).prefix(32))
  }

  /// SHA-256 in hexadecimal.
  public static func sha256(_ bytes: [UInt8]) -> String {
    guard let digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, gsize(bytes.count)) else { return "" }
    defer { g_free(digest) }
    return String(cString: digest)
  }
}
