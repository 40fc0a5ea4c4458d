import OrderedJSON
import Testing

@testable import DataForge

@Suite("words around a call")
struct ToolUseWordingTests {
  private func order(_ description: String?, _ arguments: JSONValue, name: String = "get_it") -> String {
    var numbers = SeededNumbers(seed: 1)
    let tool = Tool(name: name, description: description, parameters: ["type": "object"])
    return RequestWording(tool, arguments: arguments, numbers: &numbers).order
  }

  @Test func `a description becomes an order, with the arguments where they are spoken of`() {
    #expect(
      order("Tells on which day of the week a date falls.", ["date": "2024-05-01"])
        == "tell me on which day of the week the date 2024-05-01 falls")
    #expect(order("Reads the gauge at a station. Slow.", ["station_id": "A-1"]) == "read the gauge at the station A-1")
    #expect(order("Identify the winner of a game", [:]) == "identify the winner of a game")
    #expect(order("This function returns the tide table.", [:]) == "give me the tide table")
    #expect(order("The current weather", [:]) == "give me the current weather")
    #expect(order("Current weather in the city", ["city": "Oslo"]) == "give me the current weather in the city Oslo")
    #expect(order(nil, [:], name: "getWeather") == "use “get weather”")
  }

  @Test func `a word that only begins like an argument is left alone`() {
    let order = order("Counts the days of a date range.", ["date": "2024-05-01"])
    #expect(order.hasPrefix("count the days of a date range"))
    #expect(order.contains("2024-05-01"))
  }

  @Test(
    arguments: [
      [:], ["a": true], ["a": nil], ["tags": ["x", "y z"]], ["filter": ["deep": [1, 2]]], ["text": "He said “no”.\n"],
    ] as [JSONValue])
  func `whatever the arguments are, all are said`(arguments: JSONValue) {
    let order = order("Searches.", arguments)
    for value in arguments.objectValue?.values ?? [] {
      for leaf in value.arrayValue ?? [value] {
        #expect(order.contains(leaf.stringValue ?? leaf.serialized(.spaced)))
      }
    }
  }

  @Test(
    arguments: [
      ("Wednesday\n", "Wednesday"), (["a": ["b": 3]], "a b 3"), ([], "none"), (true, "Yes"), (7.25, "7.25"),
      ([["id": 1], ["id": 2]], "2"), (["items": [["id": "x1"]], "total": 1], "x1"), ("one\ntwo", "- two"),
    ] as [(JSONValue, String)])
  func `an answer says what the result holds`(result: JSONValue, words: String) {
    var numbers = SeededNumbers(seed: 0)
    #expect(AnswerWording.answer(result, numbers: &numbers).contains(words))
  }

  @Test func `a long answer is cut, and says so`() {
    var numbers = SeededNumbers(seed: 0)
    let list = JSONValue.array((0..<40).map { ["id": .integer($0)] })
    #expect(AnswerWording.answer(list, numbers: &numbers).hasSuffix("(and 35 more ones)"))
  }

  private func fits(_ path: [String], of first: String, _ argument: String, of second: String) -> Bool {
    ToolLink.fits(
      .init(path: path, value: "x"), of: Tool(name: first, parameters: [:]), argument: argument,
      of: Tool(name: second, parameters: [:]))
  }

  @Test func `an answer's field feeds an argument that means the same`() {
    #expect(fits(["0", "id"], of: "list_stations", "station_id", of: "read_gauge"))
    #expect(fits(["station", "id"], of: "search", "stationId", of: "read_gauge"))
    #expect(fits(["iata_code"], of: "find_airport", "iata_code", of: "departures"))
    #expect(fits(["id"], of: "list_pets", "id", of: "get_pet"))
    #expect(!fits(["id"], of: "list_pets", "id", of: "delete_order"))
    #expect(!fits(["0", "id"], of: "list_pets", "station_id", of: "read_gauge"))
    #expect(!fits(["status"], of: "get_pet", "status", of: "find_pet"))
  }
}
