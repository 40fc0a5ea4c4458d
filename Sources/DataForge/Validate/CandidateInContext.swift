/// A candidate with the passage that it was written about: what validation has to see together.
public struct CandidateInContext: Codable, Hashable, Sendable {
  /// What a backend wrote.
  public var candidate: Candidate
  /// The chunk that it was asked about.
  public var chunk: Chunk

  /// Puts a candidate beside its chunk.
  public init(candidate: Candidate, chunk: Chunk) {
    self.candidate = candidate
    self.chunk = chunk
  }
}
