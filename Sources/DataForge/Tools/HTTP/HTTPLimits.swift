import OrderedJSON

/// What one HTTP call may use up.
public struct HTTPLimits: Hashable, Sendable {
  /// Seconds on the clock, for redirects and everything else together.
  public var seconds = 20.0
  /// KiB of the answer's body, unpacked; what goes beyond is cut.
  public var output = 256
  /// Calls to one host and port a second; `nil` for 20 to names, and no limit to this machine and private addresses.
  public var requestsPerSecond: Double?
  /// How often a call that only reads is made again where the server does not answer or is too busy; `nil` for twice where
  /// it says itself that it is too busy (status 429 or 503), and else never.
  public var retries: Int?

  /// The defaults.
  public init() {}

  /// Reads the limits that are given over the defaults.
  /// - Throws: `ToolFileError`.
  init(_ json: JSONValue, at path: String) throws(ToolFileError) {
    guard let object = json.objectValue else {
      throw ToolFileError(path: path, reason: "limits are an object, not \(json.typeName)")
    }
    for (key, value) in object {
      let place = path + JSONPointerToken.escaped(key)
      let number = value.doubleValue ?? -1
      switch key {
      case "seconds":
        guard number > 0, number <= 3_600 else { throw Self.wrong(place, "seconds from more than 0 to 3600") }
        seconds = number
      case "output_kib":
        guard let whole = value.intValue, (1...16_384).contains(whole) else {
          throw Self.wrong(place, "a whole number from 1 to 16384")
        }
        output = whole
      case "requests_per_second":
        guard number > 0, number <= 1_000_000 else { throw Self.wrong(place, "a number above 0") }
        requestsPerSecond = number
      case "retries":
        guard let whole = value.intValue, (0...10).contains(whole) else {
          throw Self.wrong(place, "a whole number from 0 to 10")
        }
        retries = whole
      default:
        let known = ["seconds", "output_kib", "requests_per_second", "retries"]
        throw ToolFileError(
          path: place,
          reason: "there is no such limit\(Suggestion.hint(for: key, among: known)); known: "
            + known.joined(separator: ", "))
      }
    }
  }

  private static func wrong(_ path: String, _ what: String) -> ToolFileError {
    ToolFileError(path: path, reason: "it is \(what)")
  }
}
