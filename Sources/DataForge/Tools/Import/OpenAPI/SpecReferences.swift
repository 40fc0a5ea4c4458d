import OrderedJSON

/// Follows `$ref`s through the files of an API's description.
struct SpecReferences: Sendable {
  /// A part of the description, and where it stands.
  struct Part: Sendable {
    var value: JSONValue
    var place: SpecLocation
  }

  /// What a reference leads to, by a name that is the same for every way of writing it.
  struct Target: Sendable {
    var key: String
    var part: Part
    /// The last word of the reference, which mostly is a schema's name.
    var name: String
  }

  private let loader: SpecLoader

  init(loader: SpecLoader) { self.loader = loader }

  /// What a reference leads to.
  /// - Throws: `ToolImportError` where it leads nowhere.
  func target(of reference: String, from place: SpecLocation) throws(ToolImportError) -> Target {
    let location = try loader.location(of: reference, from: place)
    guard let document = loader.documents[location] else {
      throw ToolImportError("$ref \(reference.shown): \(loader.failures[location] ?? "there is no such file")")
    }
    let fragment = reference.contains("#") ? String(reference.drop { $0 != "#" }.dropFirst()) : ""
    // "#/" would be the member with the empty name; written is it for the whole file.
    let pointer = fragment == "/" && document[""] == nil ? "" : fragment.removingPercentEncodings
    guard pointer.isEmpty || pointer.hasPrefix("/") else {
      throw ToolImportError("$ref \(reference.shown): only places such as #/components/schemas/Pet are followed")
    }
    var value = document
    var last = ""
    for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let name = String(token).replacing("~1", with: "/").replacing("~0", with: "~")
      guard let next = value[name] ?? Int(name).flatMap({ value[$0] }) else {
        throw ToolImportError("$ref \(reference.shown) leads nowhere")
      }
      value = next
      last = name
    }
    if last.isEmpty { last = location.name.split(separator: "/").last.map(String.init) ?? "" }
    return Target(key: location.name + "#" + pointer, part: Part(value: value, place: location), name: last)
  }

  /// The part itself, where it is a reference.
  /// - Throws: `ToolImportError` where a reference leads nowhere or in a circle.
  func resolved(_ value: JSONValue, at place: SpecLocation) throws(ToolImportError) -> Part {
    var part = Part(value: value, place: place)
    var steps = 0
    while let reference = part.value["$ref"]?.stringValue {
      steps += 1
      guard steps <= 32 else { throw ToolImportError("$ref \(reference.shown) leads in a circle") }
      part = try target(of: reference, from: part.place).part
    }
    return part
  }
}

extension String {
  /// The text with `%XX` decoded, as fragments are written.
  fileprivate var removingPercentEncodings: String {
    guard contains("%") else { return self }
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
