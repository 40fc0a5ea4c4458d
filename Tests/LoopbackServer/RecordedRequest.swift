import OrderedJSON

/// A request as the server received it.
public struct RecordedRequest: Sendable {
  /// Its place in the order of arrival, from 0.
  public var number: Int
  public var method: String
  /// The path with its query, as sent.
  public var path: String
  /// In the order in which they were sent.
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  /// The body, where it is JSON.
  public var json: JSONValue? { try? JSONValue(parsing: body) }

  /// The first header of that name, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
