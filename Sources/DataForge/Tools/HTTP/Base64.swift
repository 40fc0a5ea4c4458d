import Foundation

/// Base64 as RFC 4648 writes it.
enum Base64 {
  static func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  /// `nil` for what is no base64.
  static func decoded(_ text: Substring) -> [UInt8]? { Data(base64Encoded: String(text)).map { Array($0) } }
}
