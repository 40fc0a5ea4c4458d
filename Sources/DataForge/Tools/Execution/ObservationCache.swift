import OrderedJSON
import Synchronization

/// What read-only tools answered, by tool and canonical arguments.
public final class ObservationCache: Sendable {
  private struct Key: Hashable {
    var tool: String
    var arguments: String
  }

  /// A cache must not fill the memory; what it forgets is asked again.
  private static let most = 20_000
  private static let largestAnswer = 64 << 10

  private let entries = Mutex<[Key: Observation]>([:])

  /// An empty cache.
  public init() {}

  /// What the call's tool answered to the same arguments.
  subscript(call: ToolCall) -> Observation? {
    get { entries.withLock { $0[Key(tool: call.name, arguments: call.arguments.canonical)] } }
    set {
      guard let newValue, newValue.output.serialized(.compact).utf8.count <= Self.largestAnswer else { return }
      entries.withLock { entries in
        if entries.count >= Self.most { entries.removeAll(keepingCapacity: true) }
        entries[Key(tool: call.name, arguments: call.arguments.canonical)] = newValue
      }
    }
  }
}

extension JSONValue {
  /// The value as text in which the order of keys does not matter.
  var canonical: String { sorted.serialized(.compact) }

  private var sorted: JSONValue {
    switch self {
    case .object(let object):
      .object(JSONObject(object.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted) }))
    case .array(let list): .array(list.map(\.sorted))
    default: self
    }
  }
}
