import OrderedJSON

extension BackendRequest {
  /// Names what decides a model's reply: the request without its passage, and the model.
  ///
  /// Members keep their order: servers let a model write a schema's properties in the order in which they stand.
  public func key(model: String) -> String {
    // Encoding a request cannot fail: it holds no numbers that JSON lacks. If it ever did, the description names it too.
    let text = (try? JSONValueEncoder().encode(self).serialized()) ?? String(describing: (messages, schema, sampling))
    return StableID.of("call", model, text)
  }
}
