import OrderedJSON
import Testing

@testable import DataForge

@Suite("values that were said, and those that were made up")
struct SaidSoFarTests {
  private let said = SaidSoFar([
    "Please find the tides at SKE-01 on 1 May 2024 and the water level in Oslo, in fathoms, for the next five days.",
    "{\"height_m\":2.6,\"readings\":[12.5,17.25],\"built\":1934,\"people\":12345}",
  ])

  @Test(
    arguments: [
      "SKE-01", "ske-01", "2024-05-01", "water_level", "Oslo", "fathom", 5, 2.6, true, nil, ["Oslo", 17.25],
      ["a": "tides"],
    ] as [JSONValue])
  func `what stands there is found however it is written`(value: JSONValue) { #expect(said.says(value)) }

  @Test(arguments: ["LAN-03", "2024-06-01", "2024-05-23", "Bergen", 6, ["Oslo", "Bergen"]] as [JSONValue])
  func `what does not is not`(value: JSONValue) { #expect(!said.says(value)) }

  @Test func `a part or an abbreviation is a hint, and nothing else is`() {
    #expect(said.hintsAt("Europe/Oslo") && said.hintsAt("OSL"))
    #expect(!said.hintsAt("Bergen") && !said.hintsAt("LAN-03") && !said.hintsAt("NO"))
  }

  @Test(arguments: [
    "It is 2.6 m.", "About 3 m.", "In 1934.", "12,345 people.", "Between 12.5 and 17.25, so 4.75 apart.",
    "29.75 together, 14.875 on average.", "On 2024-05-01.", "The first of 9 stations.", "260 %.",
  ])
  func `numbers that stand there or follow are explained`(answer: String) {
    #expect(said.unexplainedNumbers(in: answer) == [])
  }

  @Test(arguments: [("It is 77 m.", "77"), ("Built in 1987.", "1987"), ("18.9 m/s", "18.9")])
  func `others are not`(answer: String, number: String) { #expect(said.unexplainedNumbers(in: answer) == [number]) }

  @Test func `a flood of numbers costs little`() {
    let flood = SaidSoFar([(0..<20_000).map(String.init).joined(separator: " ")])
    #expect(flood.unexplainedNumbers(in: "99999").isEmpty == false)
  }
}
