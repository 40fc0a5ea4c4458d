import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

extension AttemptFailure {
  /// Sorts what the HTTP client throws. No text of such an error is taken over unless it is known to hold neither
  /// header values nor bodies.
  init(_ error: any Error) {
    switch error {
    case let error as HTTPClientError: self = Self.sorted(error)
    case let error as NIOConnectionError: self = Self.sorted(error)
    case let error as IOError: self = Self.sorted(error)
    case is NIOTooManyBytesError: self = .malformed(detail: "it is larger than what we accept")
    case HTTPParserError.invalidEOFState: self = .lost(detail: "the server closed the connection")
    case is HTTPParserError: self = .malformed(detail: "it is no HTTP")
    case ChannelError.connectTimeout: self = .refusedConnection(detail: "connecting takes too long")
    case is ChannelError: self = .lost(detail: "the connection is closed")
    default:
      // The TLS library's types are not ours to import for one test.
      let type = String(reflecting: Swift.type(of: error))
      self =
        type.contains("NIOSSL") || type.contains("BoringSSL")
        ? .insecure(
          detail: "no secure connection comes about (a wrong certificate, or https:// where http:// is spoken)")
        : .lost(detail: type)
    }
  }

  private static func sorted(_ error: HTTPClientError) -> AttemptFailure {
    switch error {
    case .deadlineExceeded, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout: .timedOut
    case .connectTimeout: .refusedConnection(detail: "connecting takes too long")
    case .tlsHandshakeTimeout:
      .insecure(detail: "the server does not finish a TLS handshake (is it http:// that it speaks?)")
    case .remoteConnectionClosed, .uncleanShutdown: .lost(detail: "the server closed the connection")
    // The short description, since the long one may hold a header's value.
    default: .lost(detail: error.shortDescription)
    }
  }

  private static func sorted(_ error: NIOConnectionError) -> AttemptFailure {
    guard let first = error.connectionErrors.first else {
      return .refusedConnection(detail: "the name “\(error.host)” does not resolve")
    }
    return AttemptFailure(first.error)
  }

  private static func sorted(_ error: IOError) -> AttemptFailure {
    switch error.errnoCode {
    case ECONNREFUSED: .refusedConnection(detail: "it refuses connections")
    case EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL, EACCES, EPERM: .refusedConnection(detail: "there is no way to it")
    case ETIMEDOUT: .refusedConnection(detail: "connecting takes too long")
    case ECONNRESET, EPIPE: .lost(detail: "the server closed the connection")
    default: .lost(detail: "system error \(error.errnoCode)")
    }
  }
}
