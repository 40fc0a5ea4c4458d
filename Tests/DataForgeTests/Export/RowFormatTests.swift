import DataForge
import OrderedJSON
import Testing

@Suite struct RowFormatTests {
  @Test(arguments: [
    ("{\"messages\": []}", RowFormat.messages), ("{\"messages\": [], \"text\": \"t\"}", .messages),
    ("{\"messages\": [{\"tool_calls\": [{\"function\": {\"arguments\": \"{}\"}}]}]}", .openai),
    ("{\"messages\": [{\"tool_calls\": [{\"function\": {\"arguments\": {}}}]}]}", .messages),
    ("{\"conversations\": []}", .sharegpt), ("{\"instruction\": \"i\", \"output\": \"o\", \"text\": \"t\"}", .alpaca),
    ("{\"prompt\": \"p\", \"completion\": \"c\"}", .promptCompletion),
    ("{\"prompt\": \"p\", \"completion\": \"c\", \"task\": \"label\"}", .distill),
    ("{\"query\": \"q\", \"tools\": \"[]\", \"answers\": \"[]\"}", .xlam), ("{\"text\": \"t\"}", .text),
    ("{\"input_ids\": [1], \"labels\": [1]}", .tokens),
  ]) func aRowIsRecognisedByItsKeys(text: String, format: RowFormat) throws {
    #expect(RowFormat.recognise(try row(text)) == format)
  }

  @Test func aRowOfNoKnownFormatIsRejectedWithTheOptionThatNamesIt() throws {
    var reader = RowReader()
    let found = try misfit { _ = try reader.read(["question": "q", "messages": nil]) }
    #expect(found?.reason.contains("--from") == true)
  }

  @Test func renderedRowsCannotBeReadBack() throws {
    var reader = RowReader()
    #expect(try misfit { _ = try reader.read(["text": "t"]) }?.path == "/text")
    #expect(try misfit { _ = try reader.read(["input_ids": [1]]) }?.path == "/input_ids")
    #expect(try misfit { _ = try RowFormat.text.write(["messages": []]) } != nil)
  }

  @Test func rowsOfSeveralFormatsStandInOneFile() throws {
    var reader = RowReader()
    let alpaca = try reader.read(["instruction": "q", "output": "a"])
    let prompt = try reader.read(["prompt": "q", "completion": "a"])
    #expect(alpaca == prompt)
    #expect(alpaca?["messages"]?[1] == ["role": "assistant", "content": "a"])
  }

  @Test func theNamesAreThoseThatUsersType() {
    #expect(RowFormat.allCases.map(\.rawValue).contains("prompt-completion"))
    #expect(RowFormat(rawValue: "prompt-completion") == .promptCompletion)
  }
}
