import CZip

/// The parts of a ZIP archive, by name, as a DOCX and an EPUB are made. Nothing is ever written to disk.
final class PackageArchive {
  private let archive: OpaquePointer
  private let limits: InputLimits
  /// How many bytes all parts that were read have unpacked to.
  private var unpacked = 0

  init(path: String, limits: InputLimits) throws(InputFailure) {
    if (try? FileProbe(path: path))?.isOLE == true {
      throw InputFailure(
        check: "encrypted",
        reason: "is encrypted, or in Word's format from before 2007. Save a copy as .docx without a password.")
    }
    var code: Int32 = 0
    guard let archive = zip_open(path, Int32(ZIP_RDONLY), &code) else {
      throw .damaged("it is no whole ZIP archive")
    }
    self.archive = archive
    self.limits = limits
    let entries = zip_get_num_entries(archive, 0)
    guard entries <= limits.entries else { throw .tooLarge("lists \(entries) parts", limit: limits.entries) }
  }

  deinit { zip_discard(archive) }

  /// Whether there is a part of this name.
  func has(_ name: String) -> Bool { index(of: name) != nil }

  private func index(of name: String) -> zip_uint64_t? {
    let exact = zip_name_locate(archive, name, 0)
    if exact >= 0 { return zip_uint64_t(exact) }
    // The names of a package's parts are compared without case (ECMA-376, part 2).
    let alike = zip_name_locate(archive, name, zip_flags_t(ZIP_FL_NOCASE))
    return alike >= 0 ? zip_uint64_t(alike) : nil
  }

  /// A part's bytes; `nil` where there is no such part.
  func read(_ name: String) throws(InputFailure) -> [UInt8]? {
    guard let index = index(of: name) else { return nil }
    var status = zip_stat_t()
    guard zip_stat_index(archive, index, 0, &status) == 0 else { throw .damaged("its part \(name) is missing") }
    if status.encryption_method != 0 {
      throw InputFailure(check: "encrypted", reason: "is encrypted and needs a password. Save a copy without one.")
    }
    guard Int32(status.comp_method) == ZIP_CM_STORE || Int32(status.comp_method) == ZIP_CM_DEFLATE else {
      throw .damaged("its part \(name) is packed in a way that no package may use")
    }
    guard let file = zip_fopen_index(archive, index, 0) else { throw .damaged("its part \(name) cannot be unpacked") }
    defer { zip_fclose(file) }
    // What the directory says of a size may be a lie: only what comes out counts.
    let room = min(limits.partSize, limits.packageSize - unpacked)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(Int(clamping: status.size), room, 1 << 20))
    let size = 1 << 16
    var piece = [UInt8](repeating: 0, count: size)
    while true {
      let count = zip_fread(file, &piece, zip_uint64_t(size))
      guard count >= 0 else { throw .damaged("its part \(name) was cut off or altered") }
      if count == 0 { break }
      guard bytes.count + Int(count) <= room else { throw .tooLarge("unpacks to more bytes", limit: room) }
      bytes.append(contentsOf: piece[..<Int(count)])
    }
    unpacked += bytes.count
    return bytes
  }
}
