import Foundation
import OrderedJSON

/// Reads an API's description with every file that it refers to, before anything is made of it.
struct SpecLoader {
  /// More files than any description has that a person wrote: DigitalOcean's has 2,900.
  private static let mostFiles = 10_000
  /// So many of them from servers.
  private static let mostRequests = 500
  private static let mostBytes = 192 << 20

  private let web: WebClient
  private let folder: String
  private var bytes = 0
  private var requests = 0
  private(set) var documents: [SpecLocation: JSONValue] = [:]
  /// Why a file could not be had.
  private(set) var failures: [SpecLocation: String] = [:]

  /// Reads the description and what it refers to.
  /// - Parameters:
  ///   - source: a path, or a URL, which by being written here is allowed.
  ///   - hosts: hosts that references may lead to, besides the description's own.
  ///   - widest: the folder that references to files may lead to; by default the description's own.
  /// - Throws: `ToolImportError` where the description itself cannot be had; a reference that cannot is kept as such.
  static func load(
    _ source: String, hosts: [String], below widest: String? = nil
  ) async throws -> (root: SpecLocation, loader: SpecLoader) {
    let root: SpecLocation
    var folder = "/"
    var named = hosts
    let lowered = source.lowercased()
    if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") {
      do throws(WebAddress.Invalid) {
        let address = try WebAddress(PercentEncoding.repaired(source))
        root = .url(address)
        named.append(
          address.host.contains(":") ? "[\(address.host)]:\(address.port)" : "\(address.host):\(address.port)")
      } catch {
        throw ToolImportError(error.reason)
      }
    } else if source.contains("://") {
      throw ToolImportError("\(source.shown) is neither a path nor an http or https URL")
    } else {
      let path = URL(fileURLWithPath: source).standardizedFileURL.resolvingSymlinksInPath()
      root = .file(path.path)
      folder = path.deletingLastPathComponent().path
      if let widest {
        let wide = URL(fileURLWithPath: widest).standardizedFileURL.resolvingSymlinksInPath().path
        guard (folder + "/").hasPrefix(wide == "/" ? wide : wide + "/") else {
          throw ToolImportError("--root \(widest): the description is not below that folder")
        }
        folder = wide
      }
    }
    let web = WebClient(rules: NetworkRules(named: named), largestBody: StructuredText.mostBytes)
    var loader = SpecLoader(web: web, folder: folder)
    let document = try await loader.read(root, shownAs: source)
    loader.documents[root] = document
    try await loader.loadReferences(from: root, document)
    return (root, loader)
  }

  private init(web: WebClient, folder: String) {
    self.web = web
    self.folder = folder
  }

  /// Where a reference leads, without the part behind `#`.
  func location(of reference: String, from place: SpecLocation) throws(ToolImportError) -> SpecLocation {
    let file = String(reference.prefix { $0 != "#" })
    return file.isEmpty ? place : try place.resolving(file, below: folder)
  }

  private mutating func loadReferences(from root: SpecLocation, _ document: JSONValue) async throws {
    var waiting = [(root, document)]
    while let (place, document) = waiting.popLast() {
      var references: Set<String> = []
      Self.collect(document, &references)
      for reference in references.sorted() {
        guard let target = try? location(of: reference, from: place), documents[target] == nil,
          failures[target] == nil
        else { continue }
        guard documents.count < Self.mostFiles, bytes < Self.mostBytes, requests < Self.mostRequests else {
          throw ToolImportError(
            "the description refers to more than \(Self.mostFiles) files, \(Self.mostRequests) of them on servers, or "
              + "to more than \(Self.mostBytes >> 20) MiB")
        }
        do {
          let other = try await read(target, shownAs: reference)
          documents[target] = other
          waiting.append((target, other))
        } catch let error as ToolImportError {
          failures[target] = error.reason
        }
      }
    }
  }

  /// References that lead to another file.
  private static func collect(_ value: JSONValue, _ references: inout Set<String>) {
    switch value {
    case .object(let object):
      for (key, inner) in object {
        if key == "$ref", let text = inner.stringValue {
          if !text.hasPrefix("#") { references.insert(String(text.prefix { $0 != "#" })) }
        } else {
          collect(inner, &references)
        }
      }
    case .array(let list): for inner in list { collect(inner, &references) }
    default: break
    }
  }

  private mutating func read(_ place: SpecLocation, shownAs name: String) async throws -> JSONValue {
    let content: [UInt8]
    switch place {
    case .file(let path):
      do throws(FileError) {
        content = try WholeFile.bytes(path, limit: StructuredText.mostBytes)
      } catch {
        throw ToolImportError("\(error)")
      }
    case .url(let address):
      requests += 1
      content = try await fetch(address)
    }
    bytes += content.count
    return try StructuredText.value(of: content, name: name)
  }

  private func fetch(_ address: WebAddress) async throws -> [UInt8] {
    let request = WebRequest(
      method: "GET", address: address,
      headers: [
        .init(name: "Accept", value: "application/json, application/yaml, */*;q=0.5", isForEveryServer: true),
        .init(name: "User-Agent", value: "forge", isForEveryServer: true),
      ])
    switch try await web.outcome(of: request, seconds: 60, largest: StructuredText.mostBytes) {
    case .answered(let answer) where answer.status == 200: return answer.body
    case .answered(let answer):
      throw ToolImportError("\(address.text): the server answered with HTTP status \(answer.status)")
    case .tooLong: throw ToolImportError("\(address.text): it is larger than \(StructuredText.mostBytes >> 20) MiB")
    case .refused(let reason), .unreachable(let reason): throw ToolImportError("\(address.text): \(reason)")
    case .timedOut: throw ToolImportError("\(address.text): the server did not answer within 60 s")
    }
  }
}
