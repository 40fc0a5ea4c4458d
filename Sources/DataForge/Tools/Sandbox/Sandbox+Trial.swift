import Foundation

extension Sandbox {
  /// Finds the sandbox, and locks a program in that does nothing.
  /// - Throws: `SandboxUnavailable` where a program is missing or the system forbids what it does.
  static func tried() async throws -> Sandbox {
    let sandbox = try Sandbox()
    try await sandbox.check()
    return sandbox
  }

  /// Locks a program in that does nothing.
  /// - Throws: `SandboxUnavailable` where the system forbids it.
  func check() async throws {
    // A program need not read what it is given; without this the broken pipe would end us.
    signal(SIGPIPE, SIG_IGN)
    let trial = await run(["true"], input: [], limits: SandboxLimits(), network: false, directory: nil)
    guard trial.exit == .exited(0) else {
      let detail = trial.message.split(separator: "\n").first.map { ": \($0)" } ?? ""
      throw SandboxUnavailable(
        reason: "bubblewrap cannot make one\(detail); on Debian and Ubuntu, allow unprivileged user namespaces "
          + "(sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0)")
    }
  }
}
