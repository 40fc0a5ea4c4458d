import Testing

@testable import DataForge

@Suite("A server's words in an error")
struct ErrorDetailTests {
  private let prompt = "Explain how the “left ventricle” pumps blood\nthrough the aorta in one sentence."
  private var detail: ErrorDetail {
    ErrorDetail(key: Secret("sk-0123456789"), messages: [Message(role: .user, content: prompt)])
  }

  @Test("stand on one line of at most 200 characters")
  func short() {
    #expect(detail.shown("  no\n such\t\u{1B}model  ") == "no such model")
    let long = detail.shown(String(repeating: "é", count: 500))
    #expect(long.count == 200)
    #expect(long.hasSuffix("…"))
  }

  @Test("lose the key, also where it would stand over the 200th character")
  func key() {
    #expect(detail.shown("key sk-0123456789 is wrong") == "key ••• is wrong")
    let words = String(repeating: "a", count: 194) + "sk-0123456789"
    #expect(!detail.shown(words).contains("sk-0"))
  }

  @Test(
    "are left out where they repeat the prompt, plain or as JSON",
    arguments: [
      "cannot parse: pumps blood\nthrough the aorta in one", #"input: “pumps blood\nthrough the aorta in one”"#,
      "0123456789 Explain how the “left ventricle” pumps blood",
    ])
  func prompt(words: String) {
    #expect(!detail.shown(words).contains("aorta"))
    #expect(!detail.shown(words).contains("ventricle"))
  }

  @Test("stay where they only share a word with the prompt")
  func innocent() {
    #expect(detail.shown("one sentence is too long") == "one sentence is too long")
    let dummy = ErrorDetail(key: Secret("x"), messages: [])
    #expect(dummy.shown("max tokens exceeded") == "max tokens exceeded")
  }

  @Test("of a secret show nothing of it, whatever prints it")
  func secret() throws {
    let options = OpenAIOptions(baseURL: try BaseURL("http://h"), model: "m", apiKey: Secret("sk-0123456789"))
    var dumped = ""
    dump(options, to: &dumped)
    #expect(!(dumped + "\(options)" + String(reflecting: options)).contains("sk-0"))
  }
}
