import OrderedJSON

/// Judges what came of a request.
struct AnswerReading {
  let output: HTTPTool.Output
  let isHead: Bool
  /// Whether the call only reads: then an answer without content is no answer.
  let isReading: Bool
  let secrets: Secrets
  let limits: HTTPLimits

  func observation(of outcome: WebOutcome) -> Observation {
    switch outcome {
    case .refused(let reason): return Observation(status: .refused, message: secrets.hidden(in: reason))
    case .unreachable(let reason): return Observation(status: .unreachable, message: secrets.hidden(in: reason))
    case .timedOut(let answer):
      return Observation(
        status: .timedOut, output: answer.map { .string(content(of: $0).text) } ?? .null, httpStatus: answer?.status,
        message: "stopped after \(Self.seconds(limits.seconds)) s")
    case .tooLong(let answer) where answer.status < 400:
      return Observation(
        status: .outputLimit, output: .string(content(of: answer).text), httpStatus: answer.status,
        message: "stopped after \(limits.output) KiB of output; the rest is cut off")
    case .answered(let answer), .tooLong(let answer): return judged(answer)
    }
  }

  private func judged(_ answer: WebAnswer) -> Observation {
    var observation = Observation(status: .ok, httpStatus: answer.status)
    if isHead, answer.status < 400 {
      observation.output = Self.headers(answer)
      return observation
    }
    let content = content(of: answer)
    observation.output = content.json ?? .string(content.text)
    observation.message = content.note
    guard answer.status < 400 else {
      observation.status = .failed
      observation.message = Self.firstLine(of: observation.output)
      return observation
    }
    if (300..<400).contains(answer.status), answer.status != 304 {
      observation.status = .failed
      observation.message = "a redirect that leads nowhere"
      return observation
    }
    if isReading, observation.saysNothing {
      observation.status = .emptyAnswer
    } else if content.isUnreadable || (output == .json && content.json == nil && !answer.body.isEmpty) {
      observation.status = .notJSON
      if observation.message.isEmpty { observation.message = "the answer is no JSON" }
    } else if let reason = ErrorShape.reason(in: observation.output) {
      observation.status = .errorAnswer
      observation.message = reason
    } else if output == .data, content.isPage {
      observation.status = .notJSON
      observation.message = "the answer is a web page, and the server promises none"
    }
    return observation
  }

  private struct Content {
    var json: JSONValue?
    var text = ""
    var note = ""
    /// It claims to be JSON and is not, or cannot be unpacked.
    var isUnreadable = false
    var isPage = false
  }

  private func content(of answer: WebAnswer) -> Content {
    let type = MediaType(answer.header("content-type") ?? "")
    var content = Content()
    let encoding = (answer.header("content-encoding") ?? "identity").lowercased()
    guard ["identity", "gzip", "deflate", ""].contains(encoding) else {
      content.text = Self.described(answer.body, type)
      content.note = "the answer is packed as \(encoding.shown), which was not asked for"
      content.isUnreadable = true
      return content
    }
    guard let text = type.text(of: answer.body) else {
      content.text = Self.described(answer.body, type)
      return content
    }
    content.text = secrets.hidden(in: text)
    content.isPage = type.isPage
    guard output != .text, !answer.body.isEmpty else { return content }
    let claimsJSON = type.isJSON || output == .json
    guard claimsJSON || (type.name.isEmpty && text.first.map { "{[".contains($0) } ?? false) else { return content }
    do throws(JSONParseError) {
      content.json = try JSONValue(parsing: content.text)
    } catch {
      content.json = Self.lines(content.text)
      guard content.json == nil, claimsJSON else { return content }
      content.isUnreadable = !text.allSatisfy(\.isWhitespace)
      content.note = "the answer is no JSON: \(error)"
    }
    return content
  }

  /// JSON Lines, which servers send under JSON's name.
  private static func lines(_ text: String) -> JSONValue? {
    let lines = text.split(whereSeparator: \.isNewline)
    guard lines.count > 1 else { return nil }
    var values: [JSONValue] = []
    for line in lines {
      guard let value = try? JSONValue(parsing: String(line)) else { return nil }
      values.append(value)
    }
    return .array(values)
  }

  private static func described(_ bytes: [UInt8], _ type: MediaType) -> String {
    guard !bytes.isEmpty else { return "" }
    let name = type.name.isEmpty ? "application/octet-stream" : type.name
    return "[\(name), \(bytes.count) bytes, SHA-256 \(StableID.sha256(bytes).prefix(16))]"
  }

  /// What a HEAD request is made for.
  private static func headers(_ answer: WebAnswer) -> JSONValue {
    var object = JSONObject()
    for name in ["content-type", "content-length", "content-encoding", "last-modified", "etag", "location", "allow"] {
      if let value = answer.header(name) { object[name] = .string(value) }
    }
    return .object(object)
  }

  private static func firstLine(of output: JSONValue) -> String {
    let text = output.stringValue ?? output.serialized(.compact)
    return text.split(whereSeparator: \.isNewline).first.map { String($0.prefix(300)) } ?? ""
  }

  private static func seconds(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }
}
