import GRDB
import OrderedJSON

extension Workspace {
  /// The reply that was bought for this request before.
  func recordedReply(_ key: String) async throws(WorkspaceError) -> BackendReply? {
    try await read { db in
      guard let json = try String.fetchOne(db, sql: "SELECT reply FROM calls WHERE key = ?", arguments: [key]) else {
        return nil
      }
      return try JSONValueDecoder().decode(BackendReply.self, from: JSONValue(parsing: json))
    }
  }

  /// Keeps a raw reply. Returns when it is on the disk.
  func record(_ call: CallRecord) async throws {
    let request = try JSONValueEncoder().encode(call.request).serialized()
    let reply = try JSONValueEncoder().encode(call.reply).serialized()
    try await commits.perform { db in
      try db.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO calls (key, backend, model, request, reply, prompt_tokens, completion_tokens)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        call.key, call.backend, call.model, request, reply, call.reply.usage.prompt, call.reply.usage.completion,
      ])
    }
  }

  /// What all calls in the workspace took together.
  func spentTokens() async throws(WorkspaceError) -> (calls: Int, usage: TokenUsage) {
    try await read { db in
      let row = try Row.fetchOne(
        db,
        sql: "SELECT count(*), ifnull(sum(prompt_tokens), 0), ifnull(sum(completion_tokens), 0) FROM calls")
      return (row?[0] ?? 0, TokenUsage(prompt: row?[1] ?? 0, completion: row?[2] ?? 0))
    }
  }
}
