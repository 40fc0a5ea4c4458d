import Foundation
import OrderedJSON
import Testing

@testable import DataForge

/// Each test attacks one property of the sandbox; `docs/security.md` lists them.
@Suite(.enabled(if: SandboxPresence.isThere, "there is no bubblewrap here: the sandbox is not tested"), .serialized)
struct SandboxTests {
  private func run(
    _ command: [String], limits: SandboxLimits = SandboxLimits(seconds: 20), input: [UInt8] = [],
    network: Bool = false, directory: String? = nil
  ) async throws -> ProcessEnd {
    let executor = try await CommandExecutor(toolsFolder: "/")
    _ = executor
    return try await Sandbox().run(command, input: input, limits: limits, network: network, directory: directory)
  }

  private func python(
    _ program: String, limits: SandboxLimits = SandboxLimits(seconds: 20), input: [UInt8] = []
  ) async throws -> ProcessEnd {
    try await run(["python3", "-c", program], limits: limits, input: input)
  }

  private func text(_ end: ProcessEnd) -> String { String(decoding: end.output, as: UTF8.self) }

  /// Names processes of a test among all that run, so that what is left over can be found.
  private func processes(named name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { entry in
      guard Int(entry) != nil, let line = FileManager.default.contents(atPath: "/proc/\(entry)/cmdline") else {
        return false
      }
      return String(decoding: line, as: UTF8.self).contains(name)
    }
  }

  @Test func aProgramRuns() async throws {
    let end = try await run(["echo", "a", "b  c"])
    #expect(end.exit == .exited(0))
    #expect(text(end) == "a b  c\n")
  }

  @Test func forkingWithoutEndIsStopped() async throws {
    let end = try await python(
      """
      import os, time
      made = 0
      try:
        while made < 5000:
          if os.fork() == 0:
            time.sleep(30); os._exit(0)
          made += 1
      except OSError:
        pass
      print(made, flush=True)
      os._exit(0)
      """, limits: SandboxLimits(seconds: 20, processes: 20))
    let made = try #require(Int(text(end).trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(made < 20)
    #expect(made > 10)
  }

  @Test func eatingMemoryIsStopped() async throws {
    let end = try await python("x = bytearray(1 << 30); print('ate')", limits: SandboxLimits(seconds: 20, memory: 256))
    #expect(end.exit == .exited(1))
    #expect(end.message.contains("MemoryError"))
    #expect(text(end) == "")
  }

  @Test(arguments: ["/tmp", "/dev/shm", "/", "/dev", "/usr", "/var/tmp", "/run", "/home", "/proc"])
  func fillingTheDiskIsStopped(folder: String) async throws {
    let end = try await python(
      """
      import os
      written = 0
      try:
        for number in range(64):
          with open(f"\(folder)/f{number}", "wb", buffering=0) as file:
            for _ in range(4):
              written += file.write(bytes(1 << 20))
      except OSError:
        pass
      print(written)
      """, limits: SandboxLimits(seconds: 20, fileSize: 4, temporary: 8))
    let written = try #require(Int(text(end).trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(written <= 8 << 20)
    #expect(folder == "/tmp" ? written > 4 << 20 : written <= 1 << 20)
  }

  @Test func oneLargeFileIsStopped() async throws {
    let end = try await run(
      ["dd", "if=/dev/zero", "of=/tmp/f", "bs=1M", "count=40"],
      limits: SandboxLimits(seconds: 20, fileSize: 2, temporary: 64))
    #expect(end.exit != .exited(0))
  }

  @Test func writingOutsideIsImpossible() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("outside-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    defer { try? FileManager.default.removeItem(at: folder) }
    let end = try await run(["sh", "-c", "echo x > \(folder.path)/f"])
    #expect(end.exit != .exited(0))
    // The folder that a tool is given can be read, and only read.
    try Data("inside".utf8).write(to: folder.appendingPathComponent("data"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.deletingLastPathComponent().path)
    let given = try await run(["sh", "-c", "cat /tool/data; echo x > /tool/f"], directory: folder.path)
    #expect(text(given) == "inside")
    #expect(given.exit != .exited(0))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["data"])
  }

  @Test func secretsCannotBeRead() async throws {
    let home = NSHomeDirectory()
    let here = #filePath
    for path in ["/etc/shadow", "/etc/passwd", home, here, "/var/log", "/run", "/root", "/sys", "/boot"] {
      let end = try await run(["ls", path])
      #expect(end.exit != .exited(0), "\(path): \(text(end))")
    }
  }

  @Test func theEnvironmentIsEmpty() async throws {
    setenv("FORGE_TEST_SECRET", "hunter2", 1)
    defer { unsetenv("FORGE_TEST_SECRET") }
    let end = try await run(["sh", "-c", "env; cat /proc/*/environ"])
    #expect(!text(end).contains("hunter2"))
    let names = Set(text(try await run(["env"])).split(separator: "\n").map { $0.prefix { $0 != "=" } })
    #expect(names == ["PATH", "HOME", "LANG", "PWD"])
  }

  @Test func thereIsNoNetwork() async throws {
    // A server of this machine, which a program outside of the sandbox reaches.
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        #expect(bind(listener, address, length) == 0)
        #expect(listen(listener, 4) == 0)
        getsockname(listener, address, &length)
      }
    }
    let port = UInt16(bigEndian: address.sin_port)
    let program = "import socket; socket.create_connection(('127.0.0.1', \(port)), 3); print('in')"
    let end = try await python(program)
    #expect(end.exit == .exited(1))
    #expect(text(end) == "")
    // The same program reaches it where the tool was granted the network: the test is able to fail.
    let granted = try await run(["python3", "-c", program], network: true)
    #expect(text(granted) == "in\n")
  }

  @Test func ignoringTheTermSignalHelpsNothing() async throws {
    let name = "ignores-\(UUID())"
    let end = try await python(
      """
      import signal, time
      for number in range(1, 32):
        try: signal.signal(number, signal.SIG_IGN)
        except OSError: pass
      name = "\(name)"
      while True: time.sleep(1)
      """, limits: SandboxLimits(seconds: 1))
    #expect(end.exit == .timedOut)
    try await expectGone(name)
  }

  @Test func aGrandchildDoesNotOutliveItsTool() async throws {
    let name = "grandchild-\(UUID())"
    let program = """
      import os, time
      if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
          os.close(0); os.close(1); os.close(2)
          name = "\(name)"
          time.sleep(60)
        os._exit(0)
      print("done")
      """
    let end = try await python(program)
    #expect(text(end) == "done\n")
    try await expectGone(name)
  }

  @Test func aGrandchildThatHoldsTheOutputIsStoppedToo() async throws {
    let name = "holds-\(UUID())"
    let end = try await python(
      """
      import os, time
      if os.fork() == 0:
        name = "\(name)"
        time.sleep(60)
      """)
    #expect(end.exit == .exited(0))
    try await expectGone(name)
  }

  @Test func printingWithoutEndIsCutAndStopped() async throws {
    let end = try await run(["yes"], limits: SandboxLimits(seconds: 20, output: 64))
    #expect(end.exit == .outputLimit)
    #expect(end.output.count == 64 << 10)
    let errors = try await run(["sh", "-c", "yes >&2"], limits: SandboxLimits(seconds: 20, output: 64))
    #expect(errors.exit == .outputLimit)
    #expect(errors.message.utf8.count == 4_096)
  }

  @Test func tenGigabytesOfOutputAreCutAtTheLimit() async throws {
    let started = ContinuousClock.now
    let end = try await run(
      ["head", "-c", "10G", "/dev/zero"], limits: SandboxLimits(seconds: 60, output: 64))
    #expect(end.exit == .outputLimit)
    #expect(end.output.count == 64 << 10)
    // Written to its end it would have taken the time limit.
    #expect(ContinuousClock.now - started < .seconds(50))
  }

  @Test func memoryThatProcessesShareOutIsStoppedToo() async throws {
    let end = try await python(
      """
      import mmap
      held = []
      try:
        while True: held.append(mmap.mmap(-1, 64 << 20))
      except OSError:
        print(len(held))
      """, limits: SandboxLimits(seconds: 20, memory: 512))
    let count = try #require(Int(text(end).trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(count <= 8)
  }

  @Test func aTruncatedFileCannotClaimTheDisk() async throws {
    let end = try await python(
      "import os; f = open('/tmp/f', 'wb'); os.posix_fallocate(f.fileno(), 0, 1 << 40); print('claimed')",
      limits: SandboxLimits(seconds: 20))
    #expect(text(end) == "")
    #expect(end.exit != .exited(0))
  }

  @Test func burningProcessorTimeIsStopped() async throws {
    let end = try await python("while True: pass", limits: SandboxLimits(seconds: 20, cpuSeconds: 1))
    #expect(end.exit == .exited(128 + 9))
  }

  @Test func noFurtherNamespaceCanBeMade() async throws {
    #expect(try await run(["unshare", "--user", "true"]).exit != .exited(0))
    #expect(try await run(["mount", "-t", "tmpfs", "none", "/tmp"]).exit != .exited(0))
  }

  // MARK: System calls

  /// Calls that are refused, by their numbers on x86-64 and arm64, with arguments that would do something.
  static let refused: [(name: String, x86: Int, arm: Int, arguments: String)] = [
    ("ptrace", 101, 117, "0, 0, 0, 0"), ("process_vm_readv", 310, 270, "1, 0, 0, 0, 0, 0"),
    ("keyctl", 250, 219, "0, -3, 1"), ("add_key", 248, 217, "b'user', b'a', b'b', 1, -3"),
    ("mount", 165, 40, "b'none', b'/tmp', b'tmpfs', 0, 0"), ("fsopen", 430, 430, "b'tmpfs', 0"),
    ("unshare", 272, 97, "0x10000000"), ("setns", 308, 268, "0, 0"), ("bpf", 321, 280, "0, 0, 0"),
    ("perf_event_open", 298, 241, "0, 0, -1, -1, 0"), ("userfaultfd", 323, 282, "0"),
    ("chroot", 161, 51, "b'/tmp'"), ("personality", 135, 92, "0x0040000"), ("syslog", 103, 116, "3, 0, 0"),
    ("open_by_handle_at", 304, 265, "0, 0, 0"), ("clone", 56, 220, "0x10000011, 0, 0, 0, 0"),
  ]

  private func answer(_ number: Int, _ arguments: String) async throws -> String {
    let end = try await python(
      """
      import ctypes
      libc = ctypes.CDLL(None, use_errno=True)
      done = libc.syscall(\(number), \(arguments))
      print("done" if done >= 0 else ctypes.get_errno())
      """)
    return text(end).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test(arguments: refused)
  func whatNoToolNeedsIsRefusedByTheFilter(name: String, x86: Int, arm: Int, arguments: String) async throws {
    #if arch(x86_64)
      let number = x86
    #else
      let number = arm
    #endif
    #expect(try await answer(number, arguments) == "\(EPERM)", "\(name)")
  }

  @Test func callsThatNoFilterSeesThroughAreNotThere() async throws {
    // io_uring_setup and clone3
    #expect(try await answer(425, "8, 0") == "\(ENOSYS)")
    #expect(try await answer(435, "0, 0") == "\(ENOSYS)")
  }

  @Test func onlyOrdinarySocketsCanBeMade() async throws {
    let end = try await python(
      """
      import socket
      for family in (1, 2, 10, 16, 17, 21, 38, 40, 44):
        try:
          socket.socket(family, socket.SOCK_RAW if family in (16, 17) else socket.SOCK_STREAM).close()
          print(family, "made")
        except OSError as error:
          print(family, error.errno)
      """)
    let lines = text(end).split(separator: "\n").map(String.init)
    #expect(lines.prefix(4) == ["1 made", "2 made", "10 made", "16 made"])
    // packet, RDS, ALG, VSOCK, XDP
    #expect(lines.dropFirst(4) == ["17 97", "21 97", "38 97", "40 97", "44 97"])
  }

  @Test func theFilterHoldsForWhatAToolStarts() async throws {
    let end = try await run(["sh", "-c", "sh -c 'grep Seccomp: /proc/self/status'"])
    #expect(text(end) == "Seccomp:\t2\n")
    let privileges = try await run(["grep", "-E", "^(NoNewPrivs|CapEff|CapPrm|CapBnd)", "/proc/self/status"])
    #expect(text(privileges).contains("NoNewPrivs:\t1"))
    #expect(!text(privileges).contains("1\n") || text(privileges).contains("CapEff:\t0000000000000000"))
  }

  @Test func noDescriptorOfOursIsLeftOpen() async throws {
    let end = try await run(["sh", "-c", "ls /proc/self/fd"])
    // 3 is the folder that is being listed.
    #expect(text(end) == "0\n1\n2\n3\n")
  }

  @Test func ordinaryProgramsRunUnderTheFilter() async throws {
    let end = try await python(
      """
      import subprocess, threading, multiprocessing, socket, os, select, tempfile, sqlite3, time
      thread = threading.Thread(target=lambda: None); thread.start(); thread.join()
      assert subprocess.run(["echo", "a"], capture_output=True).stdout == b"a\\n"
      queue = multiprocessing.Queue(); child = multiprocessing.Process(target=queue.put, args=(7,))
      child.start(); assert queue.get(timeout=10) == 7; child.join()
      server = socket.create_server(("127.0.0.1", 0)); client = socket.create_connection(server.getsockname())
      poll = select.epoll(); poll.register(server.fileno())
      database = sqlite3.connect(tempfile.mktemp()); database.execute("create table t (a)"); database.commit()
      print("fine")
      """.replacing("multiprocessing.Queue()", with: "multiprocessing.SimpleQueue()").replacing(
        "queue.get(timeout=10)", with: "queue.get()"))
    #expect(text(end) == "fine\n", "\(end.message)")
  }

  @Test func otherProcessesCannotBeSeen() async throws {
    let end = try await run(["sh", "-c", "ls /proc | grep -c '^[0-9]'"])
    let count = try #require(Int(text(end).trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(count <= 5)
  }

  @Test func aToolThatDoesNotReadItsInputDoesNoHarm() async throws {
    let end = try await run(["true"], input: [UInt8](repeating: 0x20, count: 1 << 20))
    #expect(end.exit == .exited(0))
    let echoed = try await run(["cat"], input: Array("{\"city\":\"Oslo\"}".utf8))
    #expect(text(echoed) == "{\"city\":\"Oslo\"}")
  }

  @Test func cancellingStopsEverything() async throws {
    let name = "cancelled-\(UUID())"
    let task = Task { try await python("name = '\(name)'; import time; time.sleep(60)") }
    try await Task.sleep(for: .seconds(1))
    #expect(try !processes(named: name).isEmpty)
    task.cancel()
    _ = try? await task.value
    try await expectGone(name)
  }

  @Test func manyRunAtOnce() async throws {
    let sandbox = try Sandbox()
    let codes = await withTaskGroup(of: ProcessEnd.Exit.self) { group in
      for number in 0..<40 {
        group.addTask {
          await sandbox.run(
            ["sh", "-c", "exit \(number % 7)"], input: [], limits: SandboxLimits(seconds: 60, processes: 4),
            network: false, directory: nil
          ).exit
        }
      }
      return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    #expect(codes == Dictionary(uniqueKeysWithValues: (0..<7).map { (.exited($0), $0 < 5 ? 6 : 5) }))
  }

  @Test func withoutBubblewrapNothingRuns() {
    #expect(throws: SandboxUnavailable.self) { try Sandbox(searching: ["/nowhere"]) }
    do {
      _ = try Sandbox(searching: ["/nowhere"])
    } catch {
      #expect("\(error)".contains("apt-get install bubblewrap"))
    }
  }

  private func expectGone(_ name: String) async throws {
    for _ in 0..<50 where try !processes(named: name).isEmpty { try await Task.sleep(for: .milliseconds(100)) }
    #expect(try processes(named: name) == [])
  }
}
