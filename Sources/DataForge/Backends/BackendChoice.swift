/// Which backend a run uses and how it speaks to it, as a recipe or the command line says.
public struct BackendChoice: Codable, Hashable, Sendable {
  public enum Name: String, Codable, Sendable, CaseIterable {
    /// Finds questions in the text itself: no model, no key, no network.
    case extractive
    /// Any server that speaks the OpenAI chat completions protocol.
    case openai
    /// Answers from calls that were recorded before.
    case replay
  }

  public var name: Name
  /// The model's name at the server.
  public var model: String?
  /// Where the server's API begins, for example `http://127.0.0.1:8080/v1`.
  public var baseURL: String?
  /// The environment variable that holds the key; the key itself never stands in a recipe.
  public var apiKeyVariable: String
  /// How many requests may be under way at once.
  public var concurrency: Int
  /// Seconds that one attempt may take.
  public var timeout: Double
  /// How often a request is tried before it counts as failed.
  public var maxAttempts: Int
  /// `json_schema`, `json_object` or `none`.
  public var responseFormat: String
  /// The recorded calls that `replay` answers from.
  public var recording: String?
  /// US dollars per million tokens; needed for a budget in dollars.
  public var inputPrice: Double?
  public var outputPrice: Double?

  public init(
    name: Name = .extractive, model: String? = nil, baseURL: String? = nil,
    apiKeyVariable: String = OpenAIOptions.apiKeyVariable, concurrency: Int = 16, timeout: Double = 120,
    maxAttempts: Int = 6, responseFormat: String = OpenAIOptions.ResponseFormat.jsonSchema.rawValue,
    recording: String? = nil, inputPrice: Double? = nil, outputPrice: Double? = nil
  ) {
    self.name = name
    self.model = model
    self.baseURL = baseURL
    self.apiKeyVariable = apiKeyVariable
    self.concurrency = concurrency
    self.timeout = timeout
    self.maxAttempts = maxAttempts
    self.responseFormat = responseFormat
    self.recording = recording
    self.inputPrice = inputPrice
    self.outputPrice = outputPrice
  }

  enum CodingKeys: String, CodingKey {
    case name, model
    case baseURL = "base_url"
    case apiKeyVariable = "api_key_variable"
    case concurrency, timeout
    case maxAttempts = "max_attempts"
    case responseFormat = "response_format"
    case recording
    case inputPrice = "input_price"
    case outputPrice = "output_price"
  }

  /// The prices, where both are known.
  public var pricing: Pricing? {
    guard let inputPrice, let outputPrice else { return nil }
    return Pricing(input: inputPrice, output: outputPrice)
  }

  /// What is missing or wrong in a choice.
  public struct Invalid: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
  }

  /// Makes the backend.
  /// - Parameter environment: where the key is looked up.
  /// - Throws: `Invalid`, `BaseURL.Invalid`, or what a replay's file cannot be read for.
  public func makeBackend(environment: [String: String]) throws -> any Backend {
    switch name {
    case .extractive:
      return ExtractiveBackend()
    case .openai:
      guard let baseURL else {
        throw Invalid(
          description: "the openai backend needs the server's address: pass --base-url http://127.0.0.1:8080/v1")
      }
      guard let model, !model.isEmpty else {
        throw Invalid(description: "the openai backend needs a model's name: pass --model NAME")
      }
      guard let format = OpenAIOptions.ResponseFormat(rawValue: responseFormat) else {
        let known = OpenAIOptions.ResponseFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw Invalid(description: "unknown response format “\(responseFormat)”; there are \(known)")
      }
      var options = OpenAIOptions(
        baseURL: try BaseURL(baseURL), model: model, apiKey: environment[apiKeyVariable].map(Secret.init))
      options.concurrency = concurrency
      options.timeout = .seconds(timeout)
      options.retry.maxAttempts = maxAttempts
      options.responseFormat = format
      return OpenAIBackend(options)
    case .replay:
      guard let recording else {
        throw Invalid(description: "the replay backend needs the recorded calls: pass --recording CALLS.jsonl")
      }
      return try ReplayBackend(path: recording, model: model)
    }
  }
}
