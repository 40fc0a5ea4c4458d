import OrderedJSON

/// What is asked about a passage, and how the reply becomes candidates: question and answer, and later tasks such as
/// back-translation, conversation and tool use.
public protocol GenerationTask: Sendable {
  /// In kebab case; stands in every candidate.
  var name: String { get }

  /// Everything that decides requests and candidates besides a request's arguments, the prompt included.
  var parameters: JSONValue { get }

  /// The request to make about a chunk.
  /// - Parameter most: how many candidates to ask for at most.
  func request(for chunk: Chunk, most: Int, sampling: Sampling) -> BackendRequest

  /// The candidates in a reply, each kept or rejected; `nil` where the reply has not the shape that was asked for.
  /// - Parameter generator: what wrote the reply, for the candidates.
  func candidates(in reply: JSONValue, about chunk: Chunk, generator: String) -> [Outcome<Candidate>]?
}
