import OrderedJSON
import Synchronization

/// Parameters in compiled form, once for all tools that have the same: rows mix the same tools in ever new sets.
final class CompiledSchemas: Sendable {
  typealias Result = Swift.Result<CompiledTools.Entry, JSONSchemaError>

  private static let most = 4_096

  private let known = Mutex<[WrittenJSON: Result]>([:])

  /// The compiled form, or why there is none.
  func entry(_ parameters: JSONValue) -> Result {
    let key = WrittenJSON(parameters)
    if let known = known.withLock({ $0[key] }) { return known }
    let entry = Self.compiled(parameters)
    known.withLock { $0.keep(entry, key, most: Self.most) }
    return entry
  }

  private static func compiled(_ parameters: JSONValue) -> Result {
    do throws(JSONSchemaError) {
      return .success(try CompiledTools.Entry(parameters))
    } catch {
      return .failure(error)
    }
  }
}

/// JSON as it is written. Its hash stands for it: 64 bits with a secret of this process, so that nobody can make two meet,
/// and chance will not.
struct WrittenJSON: Hashable {
  private let fingerprint: Int

  init(_ json: JSONValue) {
    var hasher = Hasher()
    json.hashAsWritten(into: &hasher)
    fingerprint = hasher.finalize()
  }
}

extension Dictionary {
  /// Adds a value; where there would be too many, the others are forgotten.
  mutating func keep(_ value: Value, _ key: Key, most: Int) {
    if count >= most { removeAll(keepingCapacity: true) }
    updateValue(value, forKey: key)
  }
}
