import OrderedJSON

/// What comes from a server by way of its transport.
enum MCPIncoming: Sendable {
  /// A message or a batch of them, and how many bytes it took.
  case json(JSONValue, bytes: Int)
  /// So many bytes that are no message; the text is the beginning of them where it helps to see it.
  case noise(bytes: Int, String)
  /// A request will get no answer.
  case lost(id: Int, MCPFailure)
  /// There will be no answer to anything any more.
  case over(MCPFailure)
}

/// How messages get to a server and back.
protocol MCPTransport: AnyObject, Sendable {
  /// Makes the connection.
  /// - Parameter receive: takes what comes, in order for each request; it does not block.
  func start(_ receive: @escaping @Sendable (MCPIncoming) -> Void) async throws(MCPFailure)

  /// Sends a message, and comes back before it is answered.
  /// - Parameters:
  ///   - id: the request that it is; `nil` for notifications and answers.
  ///   - headers: what a transport with headers says there, besides its own.
  func send(_ message: JSONValue, id: Int?, headers: [MCPHeader])

  /// Says which version of the protocol both sides speak from now on.
  func agreed(on version: MCPVersion)

  /// Nobody waits for the answer to this request any more.
  func abandon(_ id: Int)

  /// The last line that the server said beside its messages, if there is any.
  var lastWords: String? { get }

  /// Ends the connection, and the server where it is ours.
  func close() async
}
