import Foundation

/// Finds what keeps other users out of a folder.
enum OpenToAll {
  /// The first folder on the way to `path`, itself included, that others may not enter (or, at the end, not read).
  static func firstClosedFolder(on path: String) -> String? {
    var folder = ""
    let names = path.split(separator: "/")
    for (index, name) in names.enumerated() {
      folder += "/" + name
      var status = stat()
      guard stat(folder, &status) == 0 else { return folder }
      let needed: mode_t = index == names.count - 1 ? S_IXOTH | S_IROTH : S_IXOTH
      if status.st_mode & needed != needed { return folder }
    }
    return nil
  }
}
