/// What a server has shown to understand of the chat-completions protocol. It begins with everything and only loses.
struct ChatDialect: Hashable, Sendable {
  /// What was taken out, so that it can be told.
  enum Loss: String, Hashable, Sendable {
    case responseFormat = "response_format"
    /// Newer models of OpenAI count the reply with `max_completion_tokens`.
    case maxTokens = "max_tokens"
    /// Reasoning models have a fixed temperature.
    case temperature
  }

  var responseFormat: OpenAIOptions.ResponseFormat
  var usesMaxCompletionTokens = false
  var sendsTemperature = true

  init(responseFormat: OpenAIOptions.ResponseFormat) { self.responseFormat = responseFormat }

  /// What to leave out after a complaint; `nil` where the complaint is about nothing that we can leave out.
  func loss(after complaint: ServerComplaint, askedForFormat: Bool) -> Loss? {
    guard complaint.status == 400 || complaint.status == 422, complaint.kind == .other else { return nil }
    let words = complaint.words
    if askedForFormat, responseFormat != .none, words.contains("response_format") || words.contains("json_schema") {
      return .responseFormat
    }
    if !usesMaxCompletionTokens, words.contains("max_completion_tokens") { return .maxTokens }
    if sendsTemperature, words.contains("temperature") { return .temperature }
    return nil
  }

  /// The dialect without one more thing.
  func without(_ loss: Loss) -> ChatDialect {
    var dialect = self
    switch loss {
    case .responseFormat: dialect.responseFormat = .none
    case .maxTokens: dialect.usesMaxCompletionTokens = true
    case .temperature: dialect.sendsTemperature = false
    }
    return dialect
  }
}
