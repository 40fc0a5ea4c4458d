import Glibc

/// Writing to a pipe whose reader may be gone, without dying of it.
enum PipeWrite {
  /// `write(2)` that fails with `EPIPE` where the signal of that name would end the process, whatever the process does
  /// with that signal elsewhere.
  static func write(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    var pipe = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    guard pthread_sigmask(SIG_BLOCK, &pipe, &before) == 0 else { return Glibc.write(descriptor, bytes, count) }
    let written = Glibc.write(descriptor, bytes, count)
    let code = errno
    if written < 0, code == EPIPE, sigismember(&before, SIGPIPE) == 0 {
      // The signal waits for this thread; take it off before it is let through again.
      var now = timespec()
      sigtimedwait(&pipe, nil, &now)
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    errno = code
    return written
  }
}
