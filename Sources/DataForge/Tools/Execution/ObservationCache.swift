import OrderedJSON
import Synchronization

/// What read-only tools answered, by tool and canonical arguments.
public final class ObservationCache: Sendable {
  /// What makes two calls the same.
  struct Key: Hashable, Sendable {
    private let tool: String
    private let arguments: String

    init(_ call: ToolCall) {
      tool = call.name
      arguments = call.arguments.canonical
    }
  }

  /// A cache must not fill the memory; what it forgets is asked again.
  private static let most = 20_000
  private static let largestAnswer = 64 << 10

  private let entries = Mutex<[Key: Observation]>([:])

  /// An empty cache.
  public init() {}

  /// What the tool answered to the same call.
  subscript(key: Key) -> Observation? {
    get { entries.withLock { $0[key] } }
    set {
      guard let newValue, newValue.output.textSize <= Self.largestAnswer else { return }
      entries.withLock { entries in
        if entries.count >= Self.most { entries.removeAll(keepingCapacity: true) }
        entries[key] = newValue
      }
    }
  }
}

extension JSONValue {
  /// About how many bytes its text has.
  fileprivate var textSize: Int {
    switch self {
    case .string(let text): text.utf8.count + 2
    case .array(let list): list.reduce(2) { $0 + $1.textSize }
    case .object(let object): object.reduce(2) { $0 + $1.key.utf8.count + $1.value.textSize + 4 }
    default: 8
    }
  }

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
