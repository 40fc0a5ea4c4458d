import Foundation

/// Where a part of an API's description stands: a file or a URL.
enum SpecLocation: Hashable, Sendable {
  /// The full path, symbolic links carried out.
  case file(String)
  case url(WebAddress)

  /// What messages call it.
  var name: String {
    switch self {
    case .file(let path): path
    case .url(let address): address.text
    }
  }

  /// Where a reference from here leads. Files stay below `folder`, and nothing leads from a URL to a file.
  /// - Throws: `ToolImportError` for what is refused.
  func resolving(_ reference: String, below folder: String) throws(ToolImportError) -> SpecLocation {
    let lowered = reference.lowercased()
    switch self {
    case .url(let address):
      do throws(WebAddress.Invalid) {
        return .url(try address.resolving(PercentEncoding.repaired(reference)))
      } catch {
        throw ToolImportError("$ref \(reference.shown): \(error.reason)")
      }
    case .file(let path):
      if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") {
        do throws(WebAddress.Invalid) {
          return .url(try WebAddress(reference))
        } catch {
          throw ToolImportError("$ref \(reference.shown): \(error.reason)")
        }
      }
      guard !lowered.hasPrefix("file:"), !reference.hasPrefix("/") else {
        throw ToolImportError("$ref \(reference.shown) is no relative path, so it is not followed")
      }
      let name = reference.removingPercentEncoding ?? reference
      let target = URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(name)
        .standardizedFileURL.resolvingSymlinksInPath().path
      guard target.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/") else {
        throw ToolImportError("$ref \(reference.shown) leads out of \(folder); --root allows a wider folder")
      }
      return .file(target)
    }
  }
}
