import Foundation
import NIOSSL

/// What a server of HTTPS shows to its clients (`Certificates/make-certificates`).
public struct LoopbackCertificate: Sendable {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Certificates/"

  /// For the name `localhost`, and not for its address.
  public static let localhost = LoopbackCertificate()

  /// The path of the authority's certificate, which vouches for it.
  public var authority: String { Self.folder + "authority.pem" }

  func context() throws -> NIOSSLContext {
    let chain = try NIOSSLCertificate.fromPEMFile(Self.folder + "server.pem")
    let key = try NIOSSLPrivateKey(file: Self.folder + "server-key.pem", format: .pem)
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key)))
  }
}
