// What a process gives up before it reads a stranger's file, and what else of Linux Swift cannot call: variadic
// functions, macros, and what glibc declares for GNU sources only.
#ifndef FORGE_CONFINEMENT_H
#define FORGE_CONFINEMENT_H

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Ends this process when the thread ends that started it.
static inline int confinement_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }

// A file in memory, closed by exec; -1 where there is none.
static inline int confinement_memory_file(const char *name) { return (int)syscall(SYS_memfd_create, name, 1U); }

// Closes this descriptor and all above it. Where the kernel cannot (before 5.9), they stay open.
static inline void confinement_close_from(unsigned first) { (void)syscall(436 /* close_range */, first, ~0U, 0); }

// Gives free memory back to the system, whichever allocator the program was linked with.
static inline void confinement_release_memory(void) {
  typedef int (*control)(const char *, void *, size_t *, void *, size_t);
  control jemalloc = (control)dlsym((void *)0 /* RTLD_DEFAULT */, "mallctl");
  if (jemalloc) {
    (void)jemalloc("arena.4096.purge" /* all arenas */, NULL, NULL, NULL, 0);
  } else {
    (void)malloc_trim(0);
  }
}

#if defined(__x86_64__)
#define CONFINEMENT_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define CONFINEMENT_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define CONFINEMENT_LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define CONFINEMENT_ANSWER(code) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (code))
#define CONFINEMENT_ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define CONFINEMENT_IF_NOT(number, skipped) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, (skipped))
#define CONFINEMENT_REFUSE(name) CONFINEMENT_IF_NOT(SYS_##name, 1), CONFINEMENT_ANSWER(EPERM)
// glibc does without a call that the kernel does not know.
#define CONFINEMENT_HIDE(name) CONFINEMENT_IF_NOT(SYS_##name, 1), CONFINEMENT_ANSWER(ENOSYS)
// Arguments are compared by their lower half, which is where the kernel looks for flags, too.
#define CONFINEMENT_REFUSE_FLAGS(name, place, flags)                                                                   \
  CONFINEMENT_IF_NOT(SYS_##name, 4), CONFINEMENT_LOAD(args[place]),                                                    \
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (flags), 0, 1), CONFINEMENT_ANSWER(EACCES), CONFINEMENT_ALLOW
// CLONE_THREAD, which <sched.h> shows to GNU sources only.
#define CONFINEMENT_CLONE_THREAD 0x00010000
#define CONFINEMENT_WRITES (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)

static inline int confinement_install(const struct sock_filter *filter, unsigned short length, unsigned flags) {
  struct sock_fprog program = {length, (struct sock_filter *)filter};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program) == 0 ? 0 : -1;
}

// Takes from this process, for good: new privileges, sockets, changes to any file, other processes, namespaces and
// mounts, and what else a reader of files has no business with. What is open stays open.
// With `all_threads` it holds for the threads that there are, else for this one and those that it makes.
// Returns 0, or -1 where the kernel cannot do it.
static inline int confinement_drop_rights(int all_threads) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
#ifdef CONFINEMENT_ARCHITECTURE
  const struct sock_filter filter[] = {
      CONFINEMENT_LOAD(arch),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CONFINEMENT_ARCHITECTURE, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      CONFINEMENT_LOAD(nr),
#if defined(__x86_64__)
      // The second set of numbers that x86-64 kernels have.
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      CONFINEMENT_REFUSE_FLAGS(open, 1, CONFINEMENT_WRITES),
      CONFINEMENT_REFUSE(creat), CONFINEMENT_REFUSE(unlink), CONFINEMENT_REFUSE(rename), CONFINEMENT_REFUSE(mkdir),
      CONFINEMENT_REFUSE(rmdir), CONFINEMENT_REFUSE(link), CONFINEMENT_REFUSE(symlink), CONFINEMENT_REFUSE(chmod),
      CONFINEMENT_REFUSE(chown), CONFINEMENT_REFUSE(lchown), CONFINEMENT_REFUSE(mknod), CONFINEMENT_REFUSE(utime),
      CONFINEMENT_REFUSE(utimes), CONFINEMENT_REFUSE(futimesat),
#endif
      CONFINEMENT_REFUSE_FLAGS(openat, 2, CONFINEMENT_WRITES), CONFINEMENT_HIDE(openat2),
      CONFINEMENT_REFUSE(unlinkat), CONFINEMENT_REFUSE(renameat), CONFINEMENT_REFUSE(renameat2),
      CONFINEMENT_REFUSE(mkdirat), CONFINEMENT_REFUSE(linkat), CONFINEMENT_REFUSE(symlinkat),
      CONFINEMENT_REFUSE(fchmod), CONFINEMENT_REFUSE(fchmodat), CONFINEMENT_REFUSE(fchown),
      CONFINEMENT_REFUSE(fchownat), CONFINEMENT_REFUSE(mknodat), CONFINEMENT_REFUSE(utimensat),
      CONFINEMENT_REFUSE(truncate), CONFINEMENT_REFUSE(setxattr), CONFINEMENT_REFUSE(lsetxattr),
      CONFINEMENT_REFUSE(fsetxattr), CONFINEMENT_REFUSE(removexattr), CONFINEMENT_REFUSE(lremovexattr),
      CONFINEMENT_REFUSE(fremovexattr),
      // Nobody to talk to.
      CONFINEMENT_REFUSE(socket), CONFINEMENT_REFUSE(socketpair), CONFINEMENT_REFUSE(connect),
      CONFINEMENT_REFUSE(bind), CONFINEMENT_REFUSE(listen), CONFINEMENT_REFUSE(accept), CONFINEMENT_REFUSE(accept4),
      // Other processes.
      CONFINEMENT_REFUSE(kill), CONFINEMENT_REFUSE(ptrace), CONFINEMENT_REFUSE(process_vm_readv),
      CONFINEMENT_REFUSE(process_vm_writev), CONFINEMENT_REFUSE(pidfd_open), CONFINEMENT_REFUSE(pidfd_send_signal),
      CONFINEMENT_REFUSE(rt_sigqueueinfo), CONFINEMENT_REFUSE(tkill), CONFINEMENT_REFUSE(execve),
      CONFINEMENT_REFUSE(execveat),
#if defined(__x86_64__)
      CONFINEMENT_REFUSE(fork), CONFINEMENT_REFUSE(vfork),
#endif
      CONFINEMENT_HIDE(clone3),
      // Threads may be made, processes not.
      CONFINEMENT_IF_NOT(SYS_clone, 4), CONFINEMENT_LOAD(args[0]),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CONFINEMENT_CLONE_THREAD, 1, 0), CONFINEMENT_ANSWER(EPERM), CONFINEMENT_ALLOW,
      // A process may end itself (abort does), and nobody else.
      CONFINEMENT_IF_NOT(SYS_tgkill, 4), CONFINEMENT_LOAD(args[0]),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)getpid(), 1, 0), CONFINEMENT_ANSWER(EPERM), CONFINEMENT_ALLOW,
      // The limits of other processes.
      CONFINEMENT_IF_NOT(SYS_prlimit64, 4), CONFINEMENT_LOAD(args[0]),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0), CONFINEMENT_ANSWER(EPERM), CONFINEMENT_ALLOW,
      // Typing into a terminal.
      CONFINEMENT_IF_NOT(SYS_ioctl, 4), CONFINEMENT_LOAD(args[1]),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x5412 /* TIOCSTI */, 0, 1), CONFINEMENT_ANSWER(EPERM), CONFINEMENT_ALLOW,
      // The parts of the kernel that attackers reach for.
      CONFINEMENT_REFUSE(unshare), CONFINEMENT_REFUSE(setns), CONFINEMENT_REFUSE(mount), CONFINEMENT_REFUSE(umount2),
      CONFINEMENT_REFUSE(pivot_root), CONFINEMENT_REFUSE(chroot), CONFINEMENT_REFUSE(bpf),
      CONFINEMENT_REFUSE(perf_event_open), CONFINEMENT_REFUSE(userfaultfd), CONFINEMENT_HIDE(io_uring_setup),
      CONFINEMENT_REFUSE(add_key), CONFINEMENT_REFUSE(request_key), CONFINEMENT_REFUSE(keyctl),
      CONFINEMENT_REFUSE(init_module), CONFINEMENT_REFUSE(finit_module), CONFINEMENT_REFUSE(delete_module),
      CONFINEMENT_REFUSE(kexec_load), CONFINEMENT_REFUSE(reboot), CONFINEMENT_REFUSE(swapon),
      CONFINEMENT_REFUSE(swapoff), CONFINEMENT_REFUSE(acct), CONFINEMENT_REFUSE(quotactl),
      CONFINEMENT_REFUSE(settimeofday), CONFINEMENT_REFUSE(clock_settime), CONFINEMENT_REFUSE(personality),
      CONFINEMENT_ALLOW,
  };
  return confinement_install(filter, sizeof filter / sizeof filter[0],
                             all_threads ? SECCOMP_FILTER_FLAG_TSYNC : 0);
#else
  return -1;
#endif
}

#endif
