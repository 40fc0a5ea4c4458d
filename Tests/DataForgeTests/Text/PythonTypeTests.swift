import OrderedJSON
import Testing

@testable import DataForge

@Suite struct PythonTypeTests {
  @Test(
    arguments: [
      ("str", ["type": "string"], true), ("str, optional", ["type": "string"], false),
      ("Optional[int]", ["type": "integer"], false),
      ("List[int]", ["type": "array", "items": ["type": "integer"]], true),
      ("list", ["type": "array"], true),
      ("Dict[str, float]", ["type": "object", "additionalProperties": ["type": "number"]], true),
      ("Dict[str, Any]", ["type": "object"], true), ("Any", [:], true), ("Callable[[int], str]", [:], true),
      ("Union[int, str], optional", ["anyOf": [["type": "integer"], ["type": "string"]]], false),
      ("int | None", ["type": "integer"], false), ("Literal['a, b', \"c\", 3]", ["enum": ["a, b", "c", 3]], true),
      ("List[List[str]]", ["type": "array", "items": ["type": "array", "items": ["type": "string"]]], true),
      (
        "Tuple[float, float]",
        ["type": "array", "prefixItems": [["type": "number"], ["type": "number"]], "minItems": 2, "maxItems": 2], true
      ),
      ("Tuple[int, ...]", ["type": "array", "items": ["type": "integer"]], true),
      ("Set[str]", ["type": "array", "items": ["type": "string"], "uniqueItems": true], true),
      ("typing.List[builtins.str]", ["type": "array", "items": ["type": "string"]], true), ("", [:], true),
    ] as [(String, JSONValue, Bool)]) func pythonsTypesAreRead(text: String, schema: JSONValue, isNeeded: Bool)
  {
    let type = PythonType(text)
    #expect(.object(type.schema) == schema)
    #expect(type.isOptional == !isNeeded)
  }

  @Test(arguments: [
    ("HashMap", "object"), ("ArrayList", "array"), ("STRING", "string"), ("Boolean", "boolean"), ("Bigint", "integer"),
    ("string, required", "string"), ("float, default 0.5", "number"),
  ])
  func wordsOfOtherLanguagesAreRead(text: String, type: String) {
    #expect(PythonType(text).schema == ["type": .string(type)])
    #expect(PythonType(text).isOptional == text.contains("default"))
  }

  @Test func whatJSONHasNoTypeForIsToldFromAnything() {
    #expect(PythonType("any").isKnown && PythonType("").isKnown && PythonType("List[Frame]").isKnown)
    for text in ["Callable[[int], str]", "DataFrame", "Union[int, DataFrame]", "a text about it"] {
      #expect(!PythonType(text).isKnown, "\(text)")
      #expect(PythonType(text).schema.isEmpty)
    }
  }

  @Test func typesAreWrittenAsTheyAreRead() {
    for text in ["str", "int", "float", "bool", "list", "dict", "List[str]", "List[float]"] {
      let written = PythonType.text(of: PythonType(text).schema)
      #expect(written?.text == text)
      #expect(written?.saysItems == text.hasPrefix("List["))
    }
    #expect(PythonType.text(of: ["type": ["string", "null"]]) == nil)
  }
}
