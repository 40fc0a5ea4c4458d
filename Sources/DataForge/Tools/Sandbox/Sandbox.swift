import Foundation

/// Why nothing can be executed on this machine.
public struct SandboxUnavailable: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is missing, and what to do.
  public var reason: String

  public var description: String {
    "tools are executed only in a sandbox, and there is none: \(reason). Leave out the check \"execution\" "
      + "(--checks format,schema) to check without executing"
  }
}

/// The command line that locks a program in: bubblewrap around, prlimit within, and a filter of system calls.
///
/// bubblewrap gives it namespaces of its own: an empty root with `/usr` to read, a `/tmp` in memory, no network, no
/// processes but its own, no user but an unprivileged one, no way to make further namespaces, and ends everything with
/// the first process or with us. prlimit stands inside, where the number of processes is counted for this sandbox alone.
/// `docs/security.md` says what that covers and what it does not.
struct Sandbox: Sendable {
  /// Full paths, so that the user's PATH decides nothing inside.
  let bubblewrap: String
  let prlimit: String
  /// Only under root; see `isRoot`.
  let setpriv: String?
  /// What stands before it all; see `SystemCallFilterFile`.
  let launcher: [String]

  /// Root is exempt from the limit of processes, also within a user namespace, so under root the sandbox is made by and
  /// for `nobody`. (`PlatformOptions.userID` of swift-subprocess 1.0.2 can't do it: it calls `setgroups` after a bare
  /// `clone3`, where glibc waits for threads that the child does not have.)
  static var isRoot: Bool { geteuid() == 0 }

  /// - Throws: `SandboxUnavailable` where a program is missing.
  init() throws(SandboxUnavailable) {
    try self.init(searching: ["/usr/bin", "/bin", "/usr/local/bin"])
  }

  init(searching folders: [String]) throws(SandboxUnavailable) {
    bubblewrap = try Self.find("bwrap", package: "bubblewrap", in: folders)
    prlimit = try Self.find("prlimit", package: "util-linux", in: folders)
    setpriv = Self.isRoot ? try Self.find("setpriv", package: "util-linux", in: folders) : nil
    launcher = try SystemCallFilterFile.launcher(shell: Self.find("sh", package: "dash", in: folders))
  }

  private static func find(
    _ program: String, package: String, in folders: [String]
  ) throws(SandboxUnavailable) -> String {
    for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(program)") {
      return "\(folder)/\(program)"
    }
    throw SandboxUnavailable(reason: "the program \(program) is missing; install it (apt-get install \(package))")
  }

  /// The whole command line, beginning with the full path of a program.
  /// - Parameters:
  ///   - directory: the full path of the folder that is seen as `/tool`.
  ///   - readable: full paths that are seen, read-only, where they are outside.
  ///   - keepsEnvironment: whether the program gets the environment that bubblewrap is started with.
  func commandLine(
    for command: [String], limits: SandboxLimits, network: Bool, directory: String?, readable: [String] = [],
    keepsEnvironment: Bool = false
  ) -> [String] {
    var words = launcher + opening(readable)
    if let setpriv { words += [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", "--"] }
    words += [
      bubblewrap, "--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL", "--die-with-parent",
      "--new-session", "--seccomp", "\(SystemCallFilterFile.descriptor)", "--hostname", "sandbox",
      "--ro-bind", "/usr", "/usr",
    ]
    if !keepsEnvironment {
      words.append("--clearenv")
      for (name, value) in Self.environment { words += ["--setenv", name, value] }
    }
    if network { words.append("--share-net") }
    for folder in ["bin", "sbin", "lib", "lib32", "lib64", "libx32"] { words += Self.systemFolder(folder) }
    // What programs need to find their libraries and each other; no accounts, no configuration, no keys.
    var files = ["/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime"]
    if network { files += ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl/certs"] }
    for file in files { words += ["--ro-bind-try", file, file] }
    if let directory { words += ["--ro-bind", directory, "/tool"] }
    words += [
      "--proc", "/proc", "--dev", "/dev",
      // /dev and its shm would otherwise be as large as half of the memory.
      "--size", "\(1 << 20)", "--tmpfs", "/dev/shm", "--remount-ro", "/dev",
      "--size", "\(limits.temporary << 20)", "--perms", "0700", "--tmpfs", "/tmp", "--chdir", "/tmp",
    ]
    // After /tmp, which would cover what lies in it.
    for path in readable { words += ["--ro-bind", path, path] }
    words += [
      "--remount-ro", "/",
      "--", prlimit, "--core=0", "--as=\(limits.memory << 20)", "--cpu=\(limits.cpuSeconds)",
      // bubblewrap's own process inside and this program are counted, too.
      "--nproc=\(limits.processes + 1)", "--fsize=\(limits.fileSize << 20)", "--nofile=256", "--",
    ]
    return words + command
  }

  /// What programs find in their environment, the same for everybody.
  static let environment = [("PATH", "/usr/local/bin:/usr/bin:/bin"), ("HOME", "/tmp"), ("LANG", "C.UTF-8")]

  /// On a merged system `/lib` is a link into `/usr`, elsewhere a folder of its own.
  private static func systemFolder(_ name: String) -> [String] {
    let path = "/" + name
    if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
      return ["--symlink", target, path]
    }
    return ["--ro-bind-try", path, path]
  }
}
