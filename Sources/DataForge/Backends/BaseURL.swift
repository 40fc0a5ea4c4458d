/// Where a server's API begins, as people type it: with or without a slash at the end, with or without a path.
///
/// Nothing is guessed: `/v1` is not added, because some servers live without it; a 404 says to check for it.
public struct BaseURL: Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with a typed address.
  public struct Invalid: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
  }

  /// The address without slashes at its end and without its query, for example `http://127.0.0.1:8080/v1`.
  public let description: String
  /// What follows a `?`, without it: some gateways want their version there.
  private let query: String

  /// Reads what a person typed. The whole address of the chat endpoint is taken for its base.
  /// - Throws: `Invalid`, whose description says what to type instead. It never holds a password.
  public init(_ typed: String) throws(Invalid) {
    let text = typed.withoutOuterBlanks
    guard !text.isEmpty else { throw Invalid(description: "the base URL is empty; pass one like \(Self.example)") }
    let lowered = text.lowercased()
    guard lowered.hasPrefix("http://") || lowered.hasPrefix("https://") else {
      // What stands before an @ may be a password, so such an address is not repeated.
      let shown = text.contains("@") ? "the base URL" : "the base URL “\(text)”"
      throw Invalid(description: "\(shown) does not begin with http:// or https://; pass one like \(Self.example)")
    }
    guard let start = text.firstRange(of: "://")?.upperBound else {
      throw Invalid(description: "the base URL has no host; pass one like \(Self.example)")
    }
    let beforeFragment = text[start...].prefix { $0 != "#" }
    let address = beforeFragment.prefix { $0 != "?" }
    let authority = address.prefix { $0 != "/" }
    guard !authority.contains("@") else {
      throw Invalid(
        description: "the base URL holds a user name or password; leave it out and set \(OpenAIOptions.apiKeyVariable)")
    }
    guard let host = authority.first, host != ":", text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw Invalid(description: "the base URL has no host, or a blank inside; pass one like \(Self.example)")
    }
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      let port = authority[authority.index(after: colon)...]
      guard let number = Int(port), (1...65535).contains(number) else {
        throw Invalid(description: "the base URL's port “\(port)” is not a number from 1 to 65535")
      }
    }
    var base = address
    while base.last == "/" { base.removeLast() }
    if base.hasSuffix("/chat/completions") { base.removeLast("/chat/completions".count) }
    while base.last == "/" { base.removeLast() }
    description = String(lowered[..<start]) + base
    query = String(beforeFragment.dropFirst(address.count).dropFirst())
  }

  /// The full address of a path below the base, for example `chat/completions`.
  public func appending(_ path: String) -> String {
    "\(description)/\(path)" + (query.isEmpty ? "" : "?\(query)")
  }

  private static let example = "http://127.0.0.1:8080/v1"
}
