/// How to speak to a server of the OpenAI kind.
public struct OpenAIOptions: Sendable {
  /// How a request asks for a reply that follows a JSON Schema.
  public enum ResponseFormat: String, Sendable, CaseIterable {
    /// `{"type": "json_schema", …}` with the schema itself.
    case jsonSchema = "json_schema"
    /// `{"type": "json_object"}`: JSON, but of no certain shape.
    case jsonObject = "json_object"
    /// Nothing: the prompt alone has to ask for it.
    case none
  }

  /// The environment variable that the key is read from (by the caller; the library reads no environment).
  public static let apiKeyVariable = "OPENAI_API_KEY"

  public var baseURL: BaseURL
  public var model: String
  /// Sent as a bearer token; most local servers need none.
  public var apiKey: Secret?
  /// How many requests may be under way at once, and so how many connections are kept.
  public var concurrency = 16
  /// How long one attempt may take, from the request to the last byte of its reply.
  public var timeout: Duration = .seconds(120)
  public var connectTimeout: Duration = .seconds(10)
  public var retry = RetryPolicy()
  /// Sent besides our own, for example what a gateway asks for.
  public var extraHeaders: [(name: String, value: String)] = []
  public var responseFormat: ResponseFormat = .jsonSchema
  /// Replies larger than this are not read to their end.
  public var maximumReplyBytes = 32 << 20

  public init(baseURL: BaseURL, model: String, apiKey: Secret? = nil) {
    self.baseURL = baseURL
    self.model = model
    self.apiKey = apiKey
  }
}
