import Glibc
import NIOPosix
import Synchronization

/// Finds the addresses of a host's name.
struct HostResolver: Sendable {
  /// A name has no address.
  struct NotFound: Error, Hashable, Sendable {
    var reason: String
  }

  /// Answers with all addresses of a name, the preferred first.
  var lookUp: @Sendable (String) async throws -> [IPAddress]

  /// Asks the system, that is `/etc/hosts` and the name servers.
  static let system = HostResolver { name in
    try await withDeadline(seconds: 10) { done in
      NIOThreadPool.singleton.submit { state in
        done(state == .active ? Result { try addresses(of: name) } : .failure(CancellationError()))
      }
    }
  }

  private static func addresses(of name: String) throws -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(name, nil, &hints, &first)
    guard code == 0 else { throw NotFound(reason: String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(first) }
    var found: [IPAddress] = []
    var next = first
    while let entry = next {
      let info = entry.pointee
      next = info.ai_next
      guard let socket = UnsafeRawPointer(info.ai_addr) else { continue }
      let address: IPAddress?
      switch info.ai_family {
      case AF_INET:
        var value = socket.loadUnaligned(as: sockaddr_in.self).sin_addr
        address = withUnsafeBytes(of: &value) { IPAddress(bytes: Array($0)) }
      case AF_INET6:
        var value = socket.loadUnaligned(as: sockaddr_in6.self).sin6_addr
        address = withUnsafeBytes(of: &value) { IPAddress(bytes: Array($0)) }
      default: address = nil
      }
      if let address, !found.contains(address) { found.append(address) }
    }
    return found
  }

  /// Waits for an answer from a thread that cannot be interrupted, and leaves it to itself when the time is up.
  private static func withDeadline(
    seconds: Double, _ start: (@escaping @Sendable (Result<[IPAddress], any Error>) -> Void) -> Void
  ) async throws -> [IPAddress] {
    let waiting = Mutex<CheckedContinuation<[IPAddress], any Error>?>(nil)
    let box = Box(waiting: waiting)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        box.waiting.withLock { $0 = continuation }
        if Task.isCancelled { box.resume(.failure(CancellationError())) }
        let timer = Task {
          // An answer that came in time ends the wait early.
          guard (try? await Task.sleep(for: .seconds(seconds))) != nil else { return }
          box.resume(.failure(NotFound(reason: "the name server does not answer")))
        }
        start { result in
          box.resume(result)
          timer.cancel()
        }
      }
    } onCancel: {
      box.resume(.failure(CancellationError()))
    }
  }

  private final class Box: Sendable {
    let waiting: Mutex<CheckedContinuation<[IPAddress], any Error>?>

    init(waiting: consuming Mutex<CheckedContinuation<[IPAddress], any Error>?>) { self.waiting = waiting }

    func resume(_ result: Result<[IPAddress], any Error>) {
      let continuation = waiting.withLock { waiting in
        defer { waiting = nil }
        return waiting
      }
      continuation?.resume(with: result)
    }
  }
}
