/// What the parser throws inside: small, so that good text pays nothing for it.
struct JSONFailure: Error {
  var reason: Reason
  var offset: Int

  enum Reason {
    case empty
    case byteOrderMark
    case unexpectedEnd
    case unexpected(UInt8, wanted: StaticString)
    case trailing
    case trailingComma
    case leadingZero
    case notANumber
    case numberTooLarge
    case integerTooLong(Int)
    case controlCharacter(UInt8)
    case unterminatedString
    case badEscape
    case badUnicodeEscape
    case loneSurrogate
    case invalidUTF8
    case tooDeep(Int)
    case rowTooLong(Int)
    case arrayNotClosed
  }
}

extension JSONFailure.Reason {
  var message: String {
    switch self {
    case .empty: "no JSON value: the text is empty"
    case .byteOrderMark: "the text begins with a UTF-8 byte order mark, which JSON does not allow; save it without one"
    case .unexpectedEnd: "the text ends in the middle of a value"
    case .unexpected(let byte, let wanted): "\(wanted) expected, found \(Self.name(byte))"
    case .trailing: "something follows the JSON value"
    case .trailingComma: "a comma before the closing bracket"
    case .leadingZero: "a number may not begin with 0 and another digit"
    case .notANumber: "NaN and Infinity are no JSON numbers"
    case .numberTooLarge: "the number is too large for a double"
    case .integerTooLong(let limit): "the integer has more than \(limit) digits"
    case .controlCharacter(let byte): "\(Self.name(byte)) must be escaped within a string"
    case .unterminatedString: "the string is not closed"
    case .badEscape: "a backslash must be followed by one of \"\\/bfnrtu"
    case .badUnicodeEscape: "\\u must be followed by four hexadecimal digits"
    case .loneSurrogate: "the escape is half of a surrogate pair"
    case .invalidUTF8: "the bytes are not valid UTF-8"
    case .tooDeep(let limit): "arrays and objects are nested deeper than \(limit) levels"
    case .rowTooLong(let limit): "the row is longer than \(limit) bytes"
    case .arrayNotClosed: "the file ends before its array is closed"
    }
  }

  private static func name(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    let padded = digits.count < 2 ? "0" + digits : digits
    switch byte {
    case 0..<0x20, 0x7F: return "the control character U+00\(padded)"
    case 0x20..<0x7F: return "`\(Character(Unicode.Scalar(byte)))`"
    default: return "a character outside ASCII"
    }
  }
}
