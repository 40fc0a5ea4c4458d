import Foundation
import OrderedJSON

/// Servers that all samples share, because calls leave nothing behind in them: as many as there are processors, each
/// started when the others are busy.
actor MCPPool {
  private static let most = max(ProcessInfo.processInfo.activeProcessorCount, 1)
  /// How many calls one server gets at once.
  private static let callsAtOnce = 16

  private final class Member {
    let start: Task<Result<MCPConnection, MCPFailure>, Never>
    var calls = 0
    /// No more calls go there; it ends with the last of those that are under way.
    var isRetired = false

    init(_ start: Task<Result<MCPConnection, MCPFailure>, Never>) { self.start = start }
  }

  private let launcher: MCPLauncher
  private var members: [Member] = []
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ launcher: MCPLauncher) { self.launcher = launcher }

  /// Makes a call on one of the servers.
  ///
  /// Where a server breaks off with several calls under way, any of them may be the reason, so each is made once more on
  /// a server of its own.
  func call(_ tool: String, _ arguments: JSONValue, schema: JSONValue) async throws(MCPFailure) -> MCPReply {
    let member = await freeMember()
    let connection: MCPConnection
    do throws(MCPFailure) {
      connection = try await member.start.value.get()
    } catch {
      await leave(member, retiring: true)
      throw error
    }
    var others = connection.callsUnderWay
    do throws(MCPFailure) {
      let reply = try await connection.call(tool, arguments, schema: schema)
      await leave(member, retiring: false)
      return reply
    } catch {
      others = max(others, member.calls - 1)
      let hasBroken = connection.failure != nil
      // A server that lets one call run out of time may hang altogether.
      await leave(member, retiring: true)
      guard hasBroken, others > 0, !Task.isCancelled else { throw error }
    }
    let own = try await launcher.start()
    do throws(MCPFailure) {
      let reply = try await own.call(tool, arguments, schema: schema)
      await own.close()
      return reply
    } catch {
      await own.close()
      throw error
    }
  }

  /// Ends all servers.
  func close() async {
    let all = members
    members = []
    for member in all {
      member.start.cancel()
      if case .success(let connection) = await member.start.value { await connection.close() }
    }
  }

  private func freeMember() async -> Member {
    while true {
      let open = members.filter { !$0.isRetired }
      if let idle = open.first(where: { $0.calls == 0 }) { return taken(idle) }
      if open.count < Self.most {
        let launcher = launcher
        let member = Member(
          Task {
            do throws(MCPFailure) { return .success(try await launcher.start()) } catch { return .failure(error) }
          })
        members.append(member)
        return taken(member)
      }
      if let least = open.min(by: { $0.calls < $1.calls }), least.calls < Self.callsAtOnce { return taken(least) }
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func taken(_ member: Member) -> Member {
    member.calls += 1
    return member
  }

  private func leave(_ member: Member, retiring: Bool) async {
    member.calls -= 1
    if retiring { member.isRetired = true }
    if !waiting.isEmpty { waiting.removeFirst().resume() }
    guard member.isRetired, member.calls == 0 else { return }
    members.removeAll { $0 === member }
    if case .success(let connection) = await member.start.value { await connection.close() }
  }
}
