import Foundation
import NIOSSL

/// Which certificates the servers that are called may show.
enum TrustedCertificates {
  /// The TLS of a client: the system's authorities, or those of the file that `SSL_CERT_FILE` names, as `curl`, Python
  /// and Go understand that variable; the name is always checked.
  static func clientConfiguration(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    if let file = environment["SSL_CERT_FILE"], !file.isEmpty { configuration.trustRoots = .file(file) }
    return configuration
  }
}
