/// Why a tokenizer could not be loaded: what is wrong, and where in the file. Holds no text that was tokenized.
public struct TokenizerError: Error, Hashable, Sendable {
  /// What kind of failure it is.
  public enum Reason: String, Hashable, Sendable {
    /// The file could not be read, or is no JSON.
    case unreadable
    /// The file is no tokenizer: a field is missing, of the wrong type, or contradicts another.
    case malformed
    /// The file is a tokenizer of a kind that is not supported; the message names the kind.
    case unsupported
  }

  public var reason: Reason
  /// Where in the file, as a path of keys such as `pre_tokenizer.pretokenizers[1]`; empty for the whole file.
  public var place: String
  /// What is wrong and what to do about it.
  public var message: String

  /// Takes its parts as they are.
  public init(reason: Reason, place: String, message: String) {
    self.reason = reason
    self.place = place
    self.message = message
  }
}

extension TokenizerError: CustomStringConvertible {
  public var description: String {
    place.isEmpty ? "tokenizer: \(message)" : "tokenizer: \(place): \(message)"
  }
}
