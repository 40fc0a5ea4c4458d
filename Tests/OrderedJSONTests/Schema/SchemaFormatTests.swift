import Testing

@testable import OrderedJSON

@Suite struct SchemaFormatTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var format: SchemaFormat
    var valid: [String]
    var invalid: [String]
    var testDescription: String { format.rawValue }
  }

  static let cases: [Case] = [
    Case(
      format: .date, valid: ["2024-02-29", "1999-12-31"], invalid: ["2023-02-29", "2024-13-01", "2024-1-1", "20240101"]),
    Case(
      format: .time, valid: ["00:00:00Z", "23:59:60Z", "12:00:00.5+05:30"],
      invalid: ["24:00:00Z", "12:00:60Z", "12:00:00", "12:00:00.Z"]),
    Case(
      format: .dateTime, valid: ["2024-02-29T12:00:00Z", "2024-02-29t12:00:00z"],
      invalid: ["2024-02-29 12:00:00Z", "2024-02-29", ""]),
    Case(
      format: .duration, valid: ["P1Y2M3DT4H5M6S", "P2W", "PT1M"], invalid: ["P", "PT", "P1Y2D", "P1W1D", "1D", "P1S"]),
    Case(
      format: .email, valid: ["a.b+c@example.com", "\"a b\"@example.com", "a@[127.0.0.1]"],
      invalid: ["a", "a@", "@b", "a..b@c", "a@b@c", "a@[300.0.0.1]"]),
    Case(format: .idnEmail, valid: ["δ@example.com"], invalid: ["δ"]),
    Case(
      format: .hostname, valid: ["example.com", "a", "xn--bcher-kva.de"],
      invalid: ["", "-a", "a_b", "bücher.de", "a..b", "xn--X", "ab--c"]),
    Case(format: .idnHostname, valid: ["bücher.de", "例え。jp"], invalid: ["-ü", "a\u{302E}", "〱"]),
    Case(format: .ipv4, valid: ["127.0.0.1", "0.0.0.0"], invalid: ["256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5"]),
    Case(
      format: .ipv6, valid: ["::", "::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1::8"],
      invalid: [":::", "1::2::3", "1:2:3", "12345::", "::1%eth0", "1:2:3:4:5:6:7:8::"]),
    Case(
      format: .uri, valid: ["https://a@b:80/c?d#e", "urn:x:y", "mailto:a@b"],
      invalid: ["a", "//b", "http://a b", "http://[::g]", "http://a:b", "http://a/%zz"]),
    Case(format: .uriReference, valid: ["", "a", "../b?c", "#d", "//e"], invalid: ["a b", "\\a", "1:a"]),
    Case(format: .iri, valid: ["http://é/ü"], invalid: ["é", "http://é /"]),
    Case(format: .iriReference, valid: ["é"], invalid: ["é<"]),
    Case(format: .uriTemplate, valid: ["/a/{b}{?c*,d:3}"], invalid: ["{a", "a}", "{}", "{a:0}"]),
    Case(
      format: .uuid, valid: ["2eb8aa08-AA98-11ea-b4aa-73b441d16380"],
      invalid: ["2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g"]),
    Case(format: .regex, valid: ["^a+$", "(?<=a)b"], invalid: ["^(abc]", "\\Z"]),
    Case(format: .jsonPointer, valid: ["", "/a/~0/~1"], invalid: ["a", "/~", "/~2"]),
    Case(format: .relativeJSONPointer, valid: ["0", "1/a", "2#"], invalid: ["", "01", "/a", "0##"]),
  ]

  @Test(arguments: cases) func tellsGoodTextsFromBadOnes(_ test: Case) {
    for text in test.valid { #expect(test.format.accepts(text), "\(text)") }
    for text in test.invalid { #expect(!test.format.accepts(text), "\(text)") }
  }

  @Test func everyFormatHasACase() {
    #expect(Set(Self.cases.map(\.format)) == Set(SchemaFormat.allCases))
  }

  @Test func isOnlyAnAnnotationUnlessAsked() throws {
    #expect(try JSONSchema(["format": "ipv4"]).accepts("x"))
    #expect(try !JSONSchema(["format": "ipv4"], assertFormats: true).accepts("x"))
    #expect(try JSONSchema(["format": "no-such-format"], assertFormats: true).accepts("x"))
  }
}
