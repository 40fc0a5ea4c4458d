import OrderedJSON

/// Writes `multipart/form-data` (RFC 7578).
enum MultipartBody {
  struct Part {
    var name: String
    var value: JSONValue
    var isFile: Bool
  }

  /// The bytes, and the type with the boundary. Equal parts give equal bytes.
  static func encoded(_ parts: [Part], contentType: String) -> (bytes: [UInt8], contentType: String) {
    let contents = parts.map { part -> (bytes: [UInt8], type: String?) in
      if part.isFile {
        let file = DataURL.bytes(of: HTTPParameter.text(part.value))
        return (file.bytes, file.type ?? "application/octet-stream")
      }
      let isNested = part.value.objectValue != nil || part.value.arrayValue != nil
      return (Array(HTTPParameter.text(part.value).utf8), isNested ? "application/json" : nil)
    }
    // Nobody who wrote the parts could know the hash of them all, so none can hold the boundary.
    let boundary =
      "forge-" + StableID.sha256(zip(parts, contents).flatMap { Array($0.name.utf8) + $1.bytes }).prefix(40)
    var bytes: [UInt8] = []
    for (part, content) in zip(parts, contents) {
      var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(quoted(part.name))\""
      if part.isFile { head += "; filename=\"\(quoted(part.name))\"" }
      if let type = content.type { head += "\r\nContent-Type: \(type)" }
      bytes += Array((head + "\r\n\r\n").utf8) + content.bytes + Array("\r\n".utf8)
    }
    bytes += Array("--\(boundary)--\r\n".utf8)
    return (bytes, "\(contentType); boundary=\(boundary)")
  }

  /// As browsers do: https://html.spec.whatwg.org/#multipart-form-data
  private static func quoted(_ name: String) -> String {
    // By code points, since Swift takes a CR and its LF for one character.
    name.unicodeScalars.map { ["\r": "%0D", "\n": "%0A", "\"": "%22"][$0] ?? String($0) }.joined()
  }
}
