extension Sandbox {
  /// The words that let `nobody` reach readable paths in folders which are closed to it, such as root's home; none
  /// where we are not root or nothing is closed.
  ///
  /// A first bubblewrap, still as root, covers each closed folder with an empty one that holds the readable paths alone.
  /// It gives nothing away: the sandbox proper is made inside by `nobody`, and shows the readable paths only.
  func opening(_ readable: [String]) -> [String] {
    guard setpriv != nil else { return [] }
    var closed: [String] = []
    var words: [String] = []
    for path in readable {
      // Where the path itself is closed, opening its parents would not help.
      guard let folder = OpenToAll.firstClosedFolder(on: path), folder != path else { continue }
      if !closed.contains(folder) {
        closed.append(folder)
        words += ["--perms", "0755", "--tmpfs", folder]
      }
      var parent = folder
      for name in path.dropFirst(folder.count).split(separator: "/").dropLast() {
        parent += "/" + name
        words += ["--perms", "0755", "--dir", parent]
      }
      words += ["--ro-bind", path, path]
    }
    guard !words.isEmpty else { return [] }
    return [bubblewrap, "--dev-bind", "/", "/", "--die-with-parent"] + words + ["--"]
  }

  /// The command line of a program that is not locked in, and still ends, with all that it started, when we end it or
  /// end ourselves: it has a process namespace of its own, and nothing else.
  func leash(_ command: [String]) -> [String] {
    [
      bubblewrap, "--dev-bind", "/", "/", "--unshare-pid", "--proc", "/proc", "--die-with-parent", "--",
    ] + command
  }
}
