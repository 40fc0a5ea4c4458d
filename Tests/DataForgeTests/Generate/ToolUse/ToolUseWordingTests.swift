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

  /// The orders that different seeds word.
  private func orders(_ description: String?, _ arguments: JSONValue, schema: JSONValue = [:], name: String = "get_it")
    -> Set<String>
  {
    let tool = Tool(name: name, description: description, parameters: ["type": "object", "properties": schema])
    return Set(
      (0..<40).map { seed in
        var numbers = SeededNumbers(seed: UInt64(seed))
        return RequestWording(tool, arguments: arguments, numbers: &numbers).order
      })
  }

  @Test func `a description becomes an order, with the arguments where they are spoken of`() {
    #expect(
      orders("Tells on which day of the week a date falls.", ["date": "2024-05-01"])
        == [
          "tell me on which day of the week the date 2024-05-01 falls",
          "tell me on which day of the week date 2024-05-01 falls",
        ])
    #expect(
      orders("Reads the gauge at a station. Slow.", ["station_id": "A-1"])
        == ["read the gauge at the station A-1", "read the gauge at station A-1"])
    #expect(order("Identify the winner of a game", [:]) == "identify the winner of a game")
    #expect(order("This function returns the tide table.", [:]) == "give me the tide table")
    #expect(order("The current weather", [:]) == "give me the current weather")
    #expect(order("Get current weather", [:]) == "get the current weather")
    #expect(order("Current weather in the city", ["city": "Oslo"]) == "give me the current weather in Oslo")
    #expect(order("Decodes a text.", [:]) == "decode a text")
    #expect(order("Values can be given with commas.", [:], name: "findPetsByStatus") == "find pets by status")
    #expect(order(nil, [:], name: "getWeather") == "get the weather")
    #expect(order(nil, [:], name: "weather") == "use “weather”")
  }

  @Test func `arguments are said as people say them`() {
    let units: JSONValue = ["from_unit": ["enum": ["foot", "fathom"]], "to_unit": ["enum": ["foot", "fathom"]]]
    #expect(
      orders(
        "Converts a length from one unit to another unit.", ["length": 2.5, "from_unit": "foot", "to_unit": "fathom"],
        schema: units)
        == ["convert a length of 2.5 from foot to fathom", "convert the length 2.5 from foot to fathom"])
    #expect(
      orders(
        "Convert time between timezones",
        ["source_timezone": "Europe/Oslo", "time": "09:30", "target_timezone": "Asia/Tokyo"])
        == ["convert the time 09:30 from Europe/Oslo to Asia/Tokyo"])
    #expect(
      orders(
        "Gets the readings of one quantity.", ["quantity": "water_level"],
        schema: ["quantity": ["enum": ["water_level", "air_pressure"]]]) == ["get the readings of water level"])
    #expect(orders("Makes a page of n links.", ["n": 4]) == ["make a page of 4 links"])
    #expect(orders("Finds pets by tags.", ["tags": ["a", "b"]]) == ["find pets by the tags a and b"])
    #expect(
      orders("Lists pets.", ["limit": 5])
        == ["list pets, at most 5", "list pets, no more than 5", "list pets, limited to 5"])
    #expect(
      orders("Lists all stations of a region.", ["region": "north"], schema: ["region": ["enum": ["north"]]])
        == ["list all stations of the north region", "list all stations of the region north"])
    #expect(orders("Gets the weather.", ["include_wind": false]) == ["get the weather without wind"])
    #expect(orders("Gets the weather.", ["verbose": true]) == ["get the weather, with “verbose” on"])
  }

  @Test func `requests differ in their form and never in what they say`() {
    let orders = [
      "give me the weather in Oslo", "list all stations of the north region", "convert 3 from foot to metre",
    ]
    for order in orders {
      let requests = (0..<200).map { seed in
        var numbers = SeededNumbers(seed: UInt64(seed))
        return RequestWording.request(order, numbers: &numbers)
      }
      #expect(Set(requests).count >= 20)
      let rest = order.split(separator: " ").suffix(3).joined(separator: " ")
      #expect(requests.allSatisfy { $0.contains(rest) })
      #expect(requests.allSatisfy { !$0.contains("to give me") || $0.contains("you") })
      #expect(requests.contains { $0.hasSuffix("?") } && requests.contains { $0.hasSuffix(".") })
    }
    let questions = (0..<100).map { seed in
      var numbers = SeededNumbers(seed: UInt64(seed))
      return RequestWording.request("get the latest readings at Skerry", numbers: &numbers)
    }
    #expect(questions.contains("What are the latest readings at Skerry?"))
    #expect(!questions.contains { $0.hasPrefix("What is") || $0.hasPrefix("What's") })
  }

  @Test func `a word that only begins like an argument is left alone`() {
    let order = order("Counts the days of a date range.", ["date": "2024-05-01"])
    #expect(order.hasPrefix("count the days of a date range"))
    #expect(order.contains("2024-05-01"))
  }

  @Test(
    arguments: [
      [:], ["a": nil], ["tags": ["x", "y z"]], ["filter": ["deep": [1, 2]]], ["text": "He said “no”.\n"],
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
      ("Wednesday\n", "Wednesday"), (["a": ["b": 3]], "a b is 3"),
      (["high_tides": ["01:47", "14:12"]], "high tides are 01:47 and 14:12"),
      (["is_dst": false], "is dst false"), ([], "none"), (true, "Yes"), (7.25, "7.25"),
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
