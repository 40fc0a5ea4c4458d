import OrderedJSON

/// What a server said instead of a reply: its status and what of its words can be understood.
///
/// Sources: OpenAI's and vLLM's `{"error": {"message", "code", "param", "type"}}`, vLLM's older `{"message"}`,
/// FastAPI's `{"detail"}`, Ollama's `{"error": "…"}`.
struct ServerComplaint: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// The prompt and the room for the reply do not fit the model.
    case context
    /// The account has nothing left: waiting does not help.
    case quota
    case other
  }

  var status: Int
  var kind: Kind
  /// Everything that the server said about the cause, in lower case. Never shown.
  var words: String
  /// What may be shown.
  var detail: String
  var retryAfter: Duration?

  init(status: Int, body: JSONValue?, plain: String, retryAfter: Duration?, redirect: String?, detail: ErrorDetail) {
    self.status = status
    self.retryAfter = retryAfter
    let said = Self.message(of: body) ?? (body == nil ? Self.withoutMarkup(plain) : "")
    words = (said + " " + Self.labels(of: body).joined(separator: " ")).lowercased()
    kind = Self.kind(status: status, words: words)
    self.detail = detail.shown(redirect.map { "it redirects to \($0)" } ?? said)
  }

  /// Whether asking again can help.
  var mayPass: Bool {
    switch (status, kind) {
    case (_, .context), (_, .quota), (501, _), (505, _): false
    case (408, _), (409, _), (425, _), (429, _), (500...599, _): true
    default: false
    }
  }

  /// What to tell when no further attempt is made.
  func error(address: String, attempts: Int) -> BackendError {
    switch (status, kind) {
    case (_, .context): .contextExceeded(detail: detail)
    case (_, .quota): .unauthorised(status: status)
    case (401, _), (402, _), (403, _): .unauthorised(status: status)
    case (300...399, _), (404, _), (405, _): .notFound(address: address, status: status, detail: detail)
    case (429, _): .rateLimited(attempts: attempts)
    default: mayPass ? .serverFailure(status: status, attempts: attempts) : .refused(status: status, detail: detail)
    }
  }

  private static func kind(status: Int, words: String) -> Kind {
    let about: (String) -> Bool = { words.contains($0) }
    // llama.cpp; OpenAI; vLLM; Ollama; llama.cpp's older words; Anthropic; TGI.
    let context = [
      "exceed_context_size", "context_length_exceeded", "maximum context length", "input length exceeds",
      "exceeds the available context size", "prompt is too long", "max_new_tokens` must be <=",
    ]
    if [400, 413, 422, 500].contains(status), context.contains(where: about) { return .context }
    if status == 429, about("insufficient_quota") || about("billing_hard_limit") { return .quota }
    return .other
  }

  private static func message(of body: JSONValue?) -> String? {
    guard let body else { return nil }
    let error = body["error"]
    let candidates = [error?["message"], error, body["message"], body["detail"], body["error_description"]]
    return candidates.lazy.compactMap { $0?.stringValue }.first
  }

  /// The codes and names that tell the cause, where the message does not.
  private static func labels(of body: JSONValue?) -> [String] {
    guard let body else { return [] }
    let holders = [body["error"], body].compactMap { $0 }
    var labels = holders.flatMap { holder in
      ["type", "code", "param"].compactMap { holder[$0]?.stringValue }
    }
    // FastAPI names the place of each mistake: {"detail": [{"loc": ["body", "seed"], "msg": "…", "input": …}]}.
    for mistake in body["detail"]?.arrayValue ?? [] {
      labels += (mistake["loc"]?.arrayValue ?? []).compactMap(\.stringValue)
      if let words = mistake["msg"]?.stringValue { labels.append(words) }
    }
    return labels
  }

  /// A web page's text without its tags; a proxy's error page says little, but a little.
  private static func withoutMarkup(_ page: String) -> String {
    var text = ""
    var inTag = false
    for character in page.prefix(2000) {
      switch character {
      case "<": inTag = true
      case ">" where inTag:
        inTag = false
        text.append(" ")
      default: if !inTag { text.append(character) }
      }
    }
    return text
  }
}
