import Glibc

/// The filter where bubblewrap can read it: a file in memory that nobody else finds, open as long as we live.
///
/// bubblewrap wants a descriptor, and Subprocess lets no program inherit one. So a shell stands before it, which opens
/// the file and becomes bubblewrap. It sees fixed text and words that it does not read.
enum SystemCallFilterFile {
  /// The words before a command line that begins with bubblewrap, whose filter is then at descriptor `descriptor`.
  /// - Throws: `SandboxUnavailable` where there is no filter for this machine, or no memory for it.
  static func launcher(shell: String) throws(SandboxUnavailable) -> [String] {
    [shell, "-c", "exec \"$@\" \(descriptor)<\"$0\"", try path.get()]
  }

  static let descriptor = 3

  private static let path: Result<String, SandboxUnavailable> = {
    guard let filter = SystemCallFilter.ours else {
      return .failure(SandboxUnavailable(reason: "there is no filter of system calls for this kind of processor"))
    }
    let name = "/forge-filter-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    let file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
    guard file >= 0 else {
      return .failure(SandboxUnavailable(reason: "/dev/shm takes no file (\(String(cString: strerror(errno))))"))
    }
    shm_unlink(name)
    let count = filter.program.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count == filter.program.count else {
      return .failure(SandboxUnavailable(reason: "/dev/shm takes no data (\(String(cString: strerror(errno))))"))
    }
    return .success("/proc/\(getpid())/fd/\(file)")
  }()
}
