import Glibc

/// Which system calls a program in the sandbox may not make: a seccomp program, as bubblewrap takes it.
///
/// A list of what is refused and not of what is allowed, because tools are any programs. It holds what an unprivileged
/// program has no business with and what attacks on the kernel begin with. bubblewrap's namespaces stop most of it
/// already; this is the second wall, and the only one in front of the kernel's own code.
struct SystemCallFilter {
  /// The BPF instructions, eight bytes each, in the machine's order.
  let program: [UInt8]

  /// The filter for this machine; `nil` on one whose system calls are not known here.
  static let ours: SystemCallFilter? = {
    #if arch(x86_64)
      SystemCallFilter(.x86)
    #elseif arch(arm64)
      SystemCallFilter(.arm)
    #else
      nil
    #endif
  }()

  /// The numbers that one kind of processor has for what is refused.
  struct Machine {
    var architecture: UInt32
    /// Ends with "operation not permitted".
    var refused: [UInt32]
    var clone: UInt32
    var socket: UInt32
    var ioctl: UInt32
    var personality: UInt32
    /// x86-64 kernels know each call by a second number from here on.
    var secondNumbers: UInt32?
  }

  init(_ machine: Machine) {
    var code: [Instruction] = [
      .load(Offset.architecture), .ifEqual(machine.architecture, 1, 0), .answer(Answer.kill), .load(Offset.number),
    ]
    if let numbers = machine.secondNumbers {
      code += [.ifAtLeast(numbers, 0, 1), .answer(Answer.error(ENOSYS))]
    }
    for number in machine.refused { code += [.ifEqual(number, 0, 1), .answer(Answer.error(EPERM))] }
    // Programs do without these: with older calls, which can be looked into.
    for number in Self.hidden { code += [.ifEqual(number, 0, 1), .answer(Answer.error(ENOSYS))] }
    code += [
      .ifEqual(machine.clone, 0, 4), .load(Offset.argument(0)), .ifAnyBit(Self.newNamespaces, 0, 1),
      .answer(Answer.error(EPERM)), .answer(Answer.allow),
    ]
    // Local, IPv4, IPv6, and netlink, which names are looked up with. All others are little used code of the kernel, and
    // one of them (AF_VSOCK) does not care for network namespaces.
    code += [
      .ifEqual(machine.socket, 0, 7), .load(Offset.argument(0)), .ifEqual(1, 3, 0), .ifEqual(2, 2, 0),
      .ifEqual(10, 1, 0), .ifEqual(16, 0, 1), .answer(Answer.allow), .answer(Answer.error(EAFNOSUPPORT)),
    ]
    // Typing into a terminal: TIOCSTI and TIOCLINUX.
    code += [
      .ifEqual(machine.ioctl, 0, 5), .load(Offset.argument(1)), .ifEqual(0x5412, 1, 0), .ifEqual(0x541C, 0, 1),
      .answer(Answer.error(EPERM)), .answer(Answer.allow),
    ]
    // The usual personality, and the question which it is.
    code += [
      .ifEqual(machine.personality, 0, 5), .load(Offset.argument(0)), .ifEqual(0, 1, 0), .ifEqual(0xFFFF_FFFF, 0, 1),
      .answer(Answer.allow), .answer(Answer.error(EPERM)), .answer(Answer.allow),
    ]
    program = code.flatMap(\.bytes)
  }

  /// The flags of `clone` that make namespaces.
  private static let newNamespaces: UInt32 = 0x7E02_0000

  /// `clone3`, whose flags a filter cannot see, and io_uring, whose work no filter sees: the same numbers everywhere.
  private static let hidden: [UInt32] = [435, 425, 426, 427]

  /// Places in `struct seccomp_data`.
  private enum Offset {
    static let number: UInt32 = 0
    static let architecture: UInt32 = 4

    /// The lower half, which is where the kernel looks for flags, families and requests, too.
    static func argument(_ index: UInt32) -> UInt32 { 16 + 8 * index }
  }

  /// What the kernel does then: `SECCOMP_RET_…`.
  private enum Answer {
    static let allow: UInt32 = 0x7FFF_0000
    static let kill: UInt32 = 0x8000_0000

    static func error(_ code: Int32) -> UInt32 { 0x0005_0000 | UInt32(code) }
  }

  /// One step of the filter; jumps say how many steps are left out where the comparison holds and where it does not.
  private struct Instruction {
    var code: UInt16
    var ifTrue: UInt8 = 0
    var ifFalse: UInt8 = 0
    var operand: UInt32

    static func load(_ offset: UInt32) -> Instruction { Instruction(code: 0x20, operand: offset) }
    static func answer(_ value: UInt32) -> Instruction { Instruction(code: 0x06, operand: value) }

    static func ifEqual(_ value: UInt32, _ ifTrue: UInt8, _ ifFalse: UInt8) -> Instruction {
      Instruction(code: 0x15, ifTrue: ifTrue, ifFalse: ifFalse, operand: value)
    }

    static func ifAtLeast(_ value: UInt32, _ ifTrue: UInt8, _ ifFalse: UInt8) -> Instruction {
      Instruction(code: 0x35, ifTrue: ifTrue, ifFalse: ifFalse, operand: value)
    }

    static func ifAnyBit(_ value: UInt32, _ ifTrue: UInt8, _ ifFalse: UInt8) -> Instruction {
      Instruction(code: 0x45, ifTrue: ifTrue, ifFalse: ifFalse, operand: value)
    }

    /// As the kernel has it on the little-endian machines that are known here.
    var bytes: [UInt8] {
      [UInt8(truncatingIfNeeded: code), UInt8(code >> 8), ifTrue, ifFalse]
        + (0..<4).map { UInt8(truncatingIfNeeded: operand >> ($0 * 8)) }
    }
  }
}

extension SystemCallFilter.Machine {
  /// What has the same number on every machine, being newer than the numbers' unification.
  private static let everywhere: [UInt32] = [
    // open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr
    428, 429, 430, 431, 432, 433, 442,
    // pidfd_getfd, process_madvise, quotactl_fd
    438, 440, 443,
  ]

  static let x86 = SystemCallFilter.Machine(
    architecture: 0xC000_003E,
    refused: everywhere + [
      // Other processes: ptrace, process_vm_readv, process_vm_writev, kcmp, move_pages, migrate_pages
      101, 310, 311, 312, 279, 256,
      // Keys: add_key, request_key, keyctl
      248, 249, 250,
      // Mounts and roots: mount, umount2, pivot_root, chroot
      165, 166, 155, 161,
      // Namespaces: unshare, setns
      272, 308,
      // Code and counters in the kernel: bpf, perf_event_open, userfaultfd, fanotify_init, lookup_dcookie
      321, 298, 323, 300, 212,
      // open_by_handle_at, which goes around paths
      304,
      // Modules and kernels: init_module, finit_module, delete_module, create_module, kexec_load, kexec_file_load
      175, 313, 176, 174, 246, 320,
      // The machine: reboot, swapon, swapoff, acct, quotactl, syslog, vhangup, nfsservctl
      169, 167, 168, 163, 179, 103, 153, 180,
      // Its clock: settimeofday, clock_settime, clock_adjtime
      164, 227, 305,
      // Ports and descriptors of the processor: iopl, ioperm, modify_ldt
      172, 173, 154,
      // Leftovers: uselib, ustat, sysfs, _sysctl
      134, 136, 139, 156,
    ], clone: 56, socket: 41, ioctl: 16, personality: 135, secondNumbers: 0x4000_0000)

  static let arm = SystemCallFilter.Machine(
    architecture: 0xC000_00B7,
    // In the order of `x86`; calls that this machine does not have are left out.
    refused: everywhere + [
      117, 270, 271, 272, 239, 238,
      217, 218, 219,
      40, 39, 41, 51,
      97, 268,
      280, 241, 282, 262, 18,
      265,
      105, 273, 106, 104, 294,
      142, 224, 225, 89, 60, 116, 58, 42,
      170, 112, 266,
    ], clone: 220, socket: 198, ioctl: 29, personality: 92, secondNumbers: nil)
}
