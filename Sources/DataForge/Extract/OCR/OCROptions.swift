/// When pages are read from their pictures.
public enum OCRMode: String, Codable, CaseIterable, Sendable {
  /// Pages that have a picture and no text.
  case auto
  case never
  /// Every page, whatever text it has: for files whose text is another's bad OCR.
  case always
}

/// How pictures of pages are read.
public struct OCROptions: Codable, Hashable, Sendable {
  public var mode: OCRMode
  /// Tesseract's names of languages, joined with `+`: `deu+eng`.
  public var language: String
  /// Seconds on the clock that one page may take.
  public var pageSeconds: Int

  public init(mode: OCRMode = .auto, language: String = "eng", pageSeconds: Int = 60) {
    self.mode = mode
    self.language = language
    self.pageSeconds = pageSeconds
  }

  enum CodingKeys: String, CodingKey {
    case mode, language
    case pageSeconds = "page_seconds"
  }

  /// Why these options cannot be followed on this machine, and what to install; `nil` where they can.
  public func problem() -> String? {
    guard Self.isLanguage(language) else {
      return "“\(language)” is no list of languages: type them as Tesseract names them, like eng or deu+eng"
    }
    guard mode != .never else { return nil }
    do throws(OCRFailure) {
      _ = try TesseractEngine(language: language)
      return nil
    } catch {
      return error.reason
    }
  }

  /// Names are letters, digits and underscores, and folders of scripts: `deu`, `chi_sim`, `script/Latin`.
  static func isLanguage(_ text: String) -> Bool {
    let parts = text.split(separator: "+", omittingEmptySubsequences: false)
    return parts.count <= 10
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.count <= 40 && part.utf8.first != UInt8(ascii: "/")
          && part.utf8.allSatisfy {
            LineLabel.isLetter($0) || LineLabel.isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "/")
          }
      }
  }
}

/// Why a picture could not be read.
struct OCRFailure: Error {
  /// The name of the rejection: `no-text`, `ocr-failed`.
  var check: String
  /// What is wrong and what to do about it.
  var reason: String

  static let missing = OCRFailure(
    check: "no-text",
    reason: "tesseract is not installed: apt-get install tesseract-ocr, and tesseract-ocr-deu and the like for "
      + "languages other than English")

  static func language(_ language: String) -> OCRFailure {
    let packages = language.split(separator: "+").map {
      "tesseract-ocr-" + $0.lowercased().replacing("_", with: "-").replacing("/", with: "-")
    }
    return OCRFailure(
      check: "no-text",
      reason: "tesseract has no data for “\(language)” (tesseract --list-langs lists what it has): apt-get install "
        + packages.joined(separator: " "))
  }
}
