import Foundation
import Synchronization

/// The cookies of one session: what servers set in one call goes along with the next ones, to the servers that it is
/// meant for.
///
/// Source: https://www.rfc-editor.org/rfc/rfc6265, sections 5.2 to 5.4
final class CookieJar: Sendable {
  private struct Cookie {
    var name: String
    var value: String
    var domain: String
    /// Whether only the very host that set it gets it.
    var isForHostAlone: Bool
    var path: String
    var isSecure: Bool

    func isSame(as other: Cookie) -> Bool { name == other.name && domain == other.domain && path == other.path }

    func goes(to address: WebAddress) -> Bool {
      guard address.isSecure || !isSecure, CookieJar.path(address.path, isBelow: path) else { return false }
      return isForHostAlone
        ? address.host == domain : address.literal == nil && CookieJar.host(address.host, belongsTo: domain)
    }
  }

  /// A server may not fill the memory, nor the head of a request.
  private static let most = 50
  private static let largest = 4_096

  private let cookies = Mutex<[Cookie]>([])

  /// Whether there is nothing that would go along.
  var isEmpty: Bool { cookies.withLock { $0.isEmpty } }

  /// The `Cookie` header for an address: what the request says by itself, and what was set and it does not name.
  func header(for address: WebAddress, besides own: String?) -> String? {
    cookies.withLock { cookies in
      guard !cookies.isEmpty else { return own }
      let taken = Set((own ?? "").split(separator: ";").map { Self.pair(String($0)).name })
      let pairs =
        cookies.filter { $0.goes(to: address) && !taken.contains($0.name) }
        .sorted { $0.path.utf8.count > $1.path.utf8.count }
        .map { "\($0.name)=\($0.value)" }
      let all = (own.map { [$0] } ?? []) + pairs
      return all.isEmpty ? nil : all.joined(separator: "; ")
    }
  }

  /// Takes what an answer's `Set-Cookie` headers say.
  func take(_ headers: [String], from address: WebAddress) {
    guard !headers.isEmpty else { return }
    cookies.withLock { cookies in
      for header in headers where header.utf8.count <= Self.largest {
        guard let (cookie, isGone) = Self.cookie(header, from: address) else { continue }
        cookies.removeAll { $0.isSame(as: cookie) }
        if !isGone, cookies.count < Self.most { cookies.append(cookie) }
      }
    }
  }

  private static func cookie(_ header: String, from address: WebAddress) -> (Cookie, isGone: Bool)? {
    let parts = header.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    let (name, value) = pair(parts[0])
    guard parts[0].contains("="), !name.isEmpty, !HTTPTool.breaksHeader(parts[0]) else { return nil }
    var cookie = Cookie(
      name: name, value: value, domain: address.host, isForHostAlone: true, path: folder(of: address.path),
      isSecure: false)
    var isGone = false
    var lifetime: Int?
    for part in parts.dropFirst() {
      let (key, value) = pair(part)
      switch key.lowercased() {
      case "domain":
        let domain = (value.hasPrefix(".") ? String(value.dropFirst()) : value).lowercased()
        if domain.isEmpty || domain == address.host { continue }
        // A whole top-level domain is no one's; a stranger's host is none of this server's business.
        guard domain.contains("."), address.literal == nil, host(address.host, belongsTo: domain) else { return nil }
        cookie.domain = domain
        cookie.isForHostAlone = false
      case "path" where value.hasPrefix("/"): cookie.path = value
      case "secure": cookie.isSecure = true
      case "max-age": lifetime = Int(value)
      case "expires": isGone = HTTPDate.seconds(value).map { Double($0) <= Date().timeIntervalSince1970 } ?? false
      default: break
      }
    }
    return (cookie, lifetime.map { $0 <= 0 } ?? isGone)
  }

  private static func pair(_ text: String) -> (name: String, value: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let trimmed = parts.map { $0.trimmingCharacters(in: .whitespaces) }
    return (trimmed[0], trimmed.count > 1 ? trimmed[1] : "")
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  private static func path(_ path: String, isBelow folder: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  private static func host(_ host: String, belongsTo domain: String) -> Bool {
    host == domain || host.hasSuffix("." + domain)
  }
}
