extension JSONValue {
  /// The value's text, as Python's `json.dumps` writes it.
  public func serialized(_ style: JSONStyle = .compact) -> String {
    var writer = JSONWriter(style: style)
    writer.write(self)
    return writer.string
  }

  /// Adds the value's text to `bytes`.
  public func write(to bytes: inout [UInt8], style: JSONStyle = .compact) {
    var writer = JSONWriter(style: style)
    writer.write(self)
    writer.withBytes { bytes.append(contentsOf: $0) }
  }

  /// The one text that equal values share: compact, keys sorted by code points. For hashing.
  public func canonical() -> String { serialized(JSONStyle(.compact, sortedKeys: true)) }
}
