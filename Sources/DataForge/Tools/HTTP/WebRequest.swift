import NIOHTTP1

/// An HTTP request, ready to be sent.
struct WebRequest: Hashable, Sendable {
  struct Header: Hashable, Sendable {
    var name: String
    var value: String
    /// Whether it goes along when a redirect leads to another server. What a call or a secret says does not.
    var isForEveryServer = false
  }

  var method: String
  var address: WebAddress
  var headers: [Header] = []
  var body: [UInt8]?
}

/// What a server answered.
struct WebAnswer: Sendable {
  var status: Int
  var headers = HTTPHeaders()
  var body: [UInt8] = []
  /// Where the answer came from, after redirects.
  var address: WebAddress

  func header(_ name: String) -> String? { headers.first(name: name) }
}

/// How a request ended.
enum WebOutcome: Sendable {
  case answered(WebAnswer)
  /// The body was longer than it may be; what is there was cut.
  case tooLong(WebAnswer)
  /// An address that calls may not go to.
  case refused(String)
  case unreachable(String)
  /// With what had come until then.
  case timedOut(WebAnswer?)
}
