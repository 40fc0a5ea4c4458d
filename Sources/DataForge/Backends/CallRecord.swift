/// One answered request, as it is stored and replayed.
public struct CallRecord: Codable, Hashable, Sendable {
  /// `BackendRequest.key(model:)`.
  public var key: String
  /// The backend's name.
  public var backend: String
  public var model: String
  public var request: BackendRequest
  /// As it came: parsing it again costs no call.
  public var reply: BackendReply

  public init(key: String, backend: String, model: String, request: BackendRequest, reply: BackendReply) {
    self.key = key
    self.backend = backend
    self.model = model
    self.request = request
    self.reply = reply
  }

  /// Names the record by its request and model.
  public init(backend: String, model: String, request: BackendRequest, reply: BackendReply) {
    self.init(key: request.key(model: model), backend: backend, model: model, request: request, reply: reply)
  }
}
