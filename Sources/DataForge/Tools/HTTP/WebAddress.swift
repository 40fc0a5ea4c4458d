/// An `http` or `https` URL, read strictly, so that who checks it and who connects to it cannot disagree.
public struct WebAddress: Hashable, Sendable {
  /// Why a text is no address that a call may go to.
  public struct Invalid: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with it.
    public var reason: String
    public var description: String { reason }
  }

  /// Whether the connection is encrypted.
  public var isSecure: Bool
  /// A name in lower case without a dot at its end, or an IP address in its usual form, without brackets.
  public private(set) var host: String
  /// The host as an IP address; `nil` where it is a name.
  public private(set) var literal: IPAddress?
  /// As written, or the scheme's.
  public var port: Int
  /// Begins with `/`; percent-encoded.
  public var path: String
  /// Without its `?`; `nil` where there is none.
  public var query: String?

  /// Reads an absolute URL. A fragment is dropped; a user name in it, spaces, control characters and `\` are errors.
  public init(_ text: String) throws(Invalid) {
    guard let colon = text.firstIndex(of: ":") else { throw Invalid(reason: "\(text.shown) is no URL") }
    let scheme = text[..<colon].lowercased()
    guard scheme == "http" || scheme == "https" else {
      throw Invalid(reason: "only http and https are called, not \(scheme.shown)")
    }
    isSecure = scheme == "https"
    guard text[text.index(after: colon)...].hasPrefix("//") else { throw Invalid(reason: "\(text.shown) is no URL") }
    let rest = text[colon...].dropFirst(3)
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    (host, port) = try Self.authority(rest[..<end], isSecure: isSecure)
    literal = IPAddress(host)
    let target = rest[end...].prefix { $0 != "#" }
    let question = target.firstIndex(of: "?")
    path = String(target[..<(question ?? target.endIndex)])
    if path.isEmpty { path = "/" }
    query = question.map { String(target[target.index(after: $0)...]) }
    guard (path + (query ?? "")).utf8.allSatisfy(PercentEncoding.mayStandInTarget) else {
      throw Invalid(reason: "\(text.shown) holds a sign that no URL may")
    }
  }

  private static func authority(_ text: Substring, isSecure: Bool) throws(Invalid) -> (String, Int) {
    guard !text.contains("@") else { throw Invalid(reason: "a URL with a user's name in it is not called") }
    var host = text
    var port = isSecure ? 443 : 80
    let portColon = text.last == "]" ? nil : text.lastIndex(of: ":")
    if let portColon {
      let digits = text[text.index(after: portColon)...]
      host = text[..<portColon]
      if !digits.isEmpty {
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits),
          (1...65535).contains(number)
        else { throw Invalid(reason: "\(String(text).shown) has no port that there can be") }
        port = number
      }
    }
    return (try self.host(host), port)
  }

  /// The host in the form in which hosts are compared.
  static func host(_ text: Substring) throws(Invalid) -> String {
    if text.hasPrefix("[") || text.contains(":") {
      guard text.hasPrefix("["), text.hasSuffix("]"), let address = IPAddress(text) else {
        throw Invalid(reason: "\(String(text).shown) is no IPv6 address in brackets")
      }
      return address.description
    }
    let name = text.hasSuffix(".") ? text.dropLast() : text
    guard !name.isEmpty, name.utf8.count <= 253, name.utf8.allSatisfy(Self.mayStandInName) else {
      throw Invalid(reason: "\(String(text).shown) is no host's name (write international ones as xn--…)")
    }
    if IPAddress.looksNumeric(name) {
      guard let address = IPAddress(name) else { throw Invalid(reason: "\(String(text).shown) is no IPv4 address") }
      return address.description
    }
    guard name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ (1...63).contains($0.count) })
    else { throw Invalid(reason: "\(String(text).shown) is no host's name") }
    return name.lowercased()
  }

  private static func mayStandInName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Where a reference (`Location`, a relative server) leads from here.
  public func resolving(_ reference: String) throws(Invalid) -> WebAddress {
    let reference = String(reference.prefix { $0 != "#" })
    if Self.hasScheme(reference) { return try WebAddress(reference) }
    if reference.hasPrefix("//") { return try WebAddress((isSecure ? "https:" : "http:") + reference) }
    if reference.hasPrefix("/") { return try WebAddress(origin + Self.withoutDots(reference)) }
    if reference.isEmpty { return self }
    if reference.hasPrefix("?") { return try WebAddress(origin + path + reference) }
    let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
    return try WebAddress(origin + Self.withoutDots(folder + reference))
  }

  private static func hasScheme(_ reference: String) -> Bool {
    guard let colon = reference.firstIndex(of: ":"), reference.first?.isLetter == true else { return false }
    return reference[..<colon].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
  }

  /// The target with `.` and `..` carried out (RFC 3986, 5.2.4).
  private static func withoutDots(_ target: String) -> String {
    let question = target.firstIndex(of: "?") ?? target.endIndex
    var kept: [Substring] = []
    let segments = target[..<question].dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch segment {
      case ".": if isLast { kept.append("") }
      case "..":
        _ = kept.popLast()
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return "/" + kept.joined(separator: "/") + target[question...]
  }

  /// Scheme, host and port, the port only where it is not the scheme's.
  public var origin: String { (isSecure ? "https://" : "http://") + hostAndPort }

  /// The host as `Host` names it: with brackets around IPv6, and the port only where it is not the scheme's.
  public var hostAndPort: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  /// The whole URL.
  public var text: String { origin + path + (query.map { "?" + $0 } ?? "") }
}

extension String {
  /// The text in quotation marks for a message: what a stranger wrote, cut and without control characters.
  var shown: String {
    let plain = String(String.UnicodeScalarView(unicodeScalars.prefix(100).map { $0.value < 32 ? " " : $0 }))
    return "\"\(plain)\(unicodeScalars.count > 100 ? "…" : "")\""
  }
}
