import OrderedJSON

/// Knows answers that are worded as errors although the tool claims success.
///
/// The rule is meant to miss rather than to accuse: what a tool may well answer in earnest is left alone.
///
/// Of JSON, an object (not what is nested in it):
/// - `"error"` that is `true`, an object or a list with something in it, or a text that says more than "none" or "ok";
/// - `"errors"`, a list with something in it, where there is no `"data"` (GraphQL);
/// - `"status"` that is "error" or "fail" (JSend), `"success": false`, `"ok": false` (Slack), `"isError": true`;
/// - a code from 400 to 599 (`code`, `cod`, `status`, `statusCode`, `status_code`) beside a text `"message"`, with at
///   most two other members.
///
/// Of text, also where it is all of a JSON answer, only how it begins: `Error:`, `Error 404`, `Error executing …:`,
/// `Database error: …`, `ValueError: …`, `Traceback (most recent call last)`, `fatal:`, `An error occurred`, and the like.
/// Of a web page, its title: `404 Not Found`, `Error`, `Access denied`, and the like.
public enum ErrorShape {
  /// What makes the answer an error, in words; `nil` where nothing does.
  public static func reason(in answer: JSONValue) -> String? {
    switch answer {
    case .string(let text): reason(inText: text)
    case .object(let object): reason(in: object)
    default: nil
    }
  }

  private static func reason(in object: JSONObject) -> String? {
    if object["success"] == true || object["ok"] == true { return nil }
    let said = words(of: object)
    if let error = object["error"], isError(error) { return "\"error\"\(said)" }
    if object["errors"]?.arrayValue?.isEmpty == false, object["data"].map(\.isNull) ?? true {
      return "\"errors\"\(said)"
    }
    if let status = object["status"]?.stringValue?.lowercased(), status == "error" || status == "fail" {
      return "\"status\": \"\(status)\"\(said)"
    }
    for key in ["success", "ok"] where object[key] == false || object[key] == "false" {
      return "\"\(key)\": false\(said)"
    }
    for key in ["isError", "is_error"] where object[key] == true { return "\"\(key)\": true\(said)" }
    guard object["message"]?.stringValue?.isEmpty == false, object.count <= 4 else { return nil }
    for key in ["code", "cod", "status", "statusCode", "status_code"] {
      let code = object[key]?.intValue ?? object[key]?.stringValue.flatMap(Int.init)
      if let code, (400...599).contains(code) { return "\"\(key)\": \(code)\(said)" }
    }
    return nil
  }

  private static let harmless: Set<String> = ["", "none", "no", "no error", "no errors", "ok", "null", "false", "0"]

  private static func isError(_ value: JSONValue) -> Bool {
    switch value {
    case .bool(let flag): flag
    case .string(let text): !harmless.contains(text.lowercased())
    case .object(let object): !object.isEmpty
    case .array(let list): !list.isEmpty
    // A number is as likely a measured error.
    default: false
    }
  }

  private static func words(of object: JSONObject) -> String {
    let places = [
      object["message"], object["error"]?["message"], object["error"], object["errors"]?[0]?["message"],
      object["detail"],
    ]
    guard let text = places.lazy.compactMap({ $0?.stringValue }).first(where: { !$0.isEmpty }) else { return "" }
    return " (\(text.shown.dropFirst().dropLast()))"
  }

  // MARK: Text

  private static let beginnings = [
    "error:", "error -", "[error]", "traceback (most recent call last)", "exception:", "fatal:", "fatal error:",
    "an error occurred", "an unexpected error occurred", "an error has occurred", "internal server error",
    "unhandled exception",
  ]

  /// Only the beginning of a text is looked at: what comes later may be quoted.
  private static func reason(inText text: String) -> String? {
    if let title = pageTitle(text) {
      return isErrorTitle(title) ? "a web page with the title \(String(title.prefix(100)).shown)" : nil
    }
    let line = text.drop { $0.isWhitespace }.prefix(300).prefix { !$0.isNewline }
    let lowered = line.lowercased()
    let isError =
      beginnings.contains { lowered.hasPrefix($0) } || beginsWithExceptionName(line) || beginsWithErrorWords(lowered)
      || beginsWithKindOfError(lowered)
    return isError ? "it begins with \(String(line.prefix(100)).shown)" : nil
  }

  /// `ValueError: …`, `java.lang.IllegalStateException: …`
  private static func beginsWithExceptionName(_ line: Substring) -> Bool {
    guard let colon = line.firstIndex(of: ":") else { return false }
    let name = line[..<colon]
    return (name.hasSuffix("Error") || name.hasSuffix("Exception")) && name.first?.isLetter == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
  }

  private static let kinds: Set<Substring> = [
    "api", "authentication", "connection", "database", "execution", "http", "internal", "network", "parse", "parsing",
    "permission", "query", "runtime", "server", "sql", "sqlite", "syntax", "unexpected", "validation",
  ]

  /// `Database error: …`, `Input validation error: …`; a `Standard error: 0.2` is a measure.
  private static func beginsWithKindOfError(_ line: String) -> Bool {
    guard let end = line.firstRange(of: " error: ") else { return false }
    let words = line[..<end.lowerBound].split(separator: " ")
    return words.count <= 2 && words.last.map(kinds.contains) == true
  }

  /// `Error 404`, `Error (code 3)`, `Error executing tool x: …`
  private static func beginsWithErrorWords(_ line: String) -> Bool {
    guard line.hasPrefix("error ") else { return false }
    let rest = line.dropFirst(6)
    if rest.hasPrefix("("), rest.contains(")") { return true }
    let word = rest.prefix { $0.isLetter || $0.isNumber }
    if word.count == 3, let code = Int(word) { return (400...599).contains(code) }
    return word.hasSuffix("ing") && rest.contains(":")
  }

  // MARK: Web pages

  /// The title of a page; `nil` where the text is none.
  private static func pageTitle(_ text: String) -> String? {
    let start = text.prefix(4_096).drop { $0.isWhitespace }
    let lowered = start.lowercased()
    guard lowered.hasPrefix("<!doctype html") || lowered.hasPrefix("<html"),
      let open = lowered.firstRange(of: "<title>"),
      let close = lowered[open.upperBound...].firstRange(of: "</title>")
    else { return nil }
    return lowered[open.upperBound..<close.lowerBound].trimmed
  }

  private static let errorTitles: Set<String> = [
    "error", "not found", "page not found", "forbidden", "unauthorized", "access denied", "bad request", "bad gateway",
    "gateway timeout", "service unavailable", "internal server error", "server error", "too many requests",
    "method not allowed", "just a moment...", "attention required! | cloudflare", "application error",
  ]

  /// `404 Not Found`, `Error 500`, `HTTP 403`, `Not Found`
  private static func isErrorTitle(_ title: String) -> Bool {
    if errorTitles.contains(title) { return true }
    let words = title.split { !$0.isLetter && !$0.isNumber }
    let first = words.first.map { ["error", "http"].contains($0) && words.count > 1 ? words[1] : $0 }
    guard let first, first.count == 3, let code = Int(first) else { return false }
    // A title may begin with any number; one of these is followed by its name, or by nothing.
    return (400...599).contains(code) && (words.last == first || errorTitles.contains { title.contains($0) })
  }
}
