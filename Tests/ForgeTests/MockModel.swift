import LoopbackServer
import OrderedJSON

/// A model behind a real server: it writes one pair about each passage, taken word for word from it.
enum MockModel {
  /// Answers a chat request as a model that follows its instructions would.
  static func answer(_ request: RecordedRequest) -> Behaviour {
    let prompt = request.json?["messages"]?.arrayValue?.last?["content"]?.stringValue ?? ""
    let sentences = prompt.split(separator: ".").map { $0.drop(while: \.isWhitespace) }
    // The longest sentence of the passage makes a quote that is surely long enough.
    let quote = sentences.filter { !$0.contains("\n") }.max { $0.count < $1.count } ?? "nothing"
    let subject = quote.split(separator: " ").prefix(6).joined(separator: " ")
    let pair: JSONValue = [
      "question": .string("What does the handbook say about \(subject)?"),
      "rationale": .string("It is said in so many words."), "answer": .string(String(quote)),
      "quote": .string(String(quote)),
    ]
    return .chat((["pairs": [pair]] as JSONValue).serialized(), prompt: 100, completion: 20)
  }

  /// The arguments that make `forge run` ask the server.
  static func arguments(_ server: LoopbackServer) -> [String] {
    ["--backend", "openai", "--base-url", server.baseURL, "--model", "mock"]
  }
}
