import OrderedJSON

/// Makes values that follow a schema as far as it is simple; whoever uses one checks it.
///
/// What the schema's author gave comes first: `const`, `example(s)`, `default`, `enum`. Then format, pattern, name,
/// bounds.
struct ValueSampler {
  private let root: JSONValue
  private var numbers: SeededNumbers
  private let paths: KnownPaths
  /// Whether only what the author gave and what is needed is taken.
  var isSparing = false

  private static let deepest = 12

  init(root: JSONValue, numbers: SeededNumbers, paths: KnownPaths) {
    self.root = root
    self.numbers = numbers
    self.paths = paths
  }

  /// A value for a place of that name; `nil` where the schema allows none or is too deep.
  mutating func value(_ schema: JSONValue, named name: String, depth: Int = 0) -> JSONValue? {
    guard depth < Self.deepest else { return nil }
    guard let object = resolved(schema)?.objectValue else { return schema == false ? nil : .string("text") }
    if let fixed = object["const"] { return fixed }
    if let given = given(object) { return given }
    if let choices = object["enum"]?.arrayValue { return numbers.pick(choices.filter { !$0.isNull }) ?? choices.first }
    for key in ["oneOf", "anyOf"] {
      guard let choices = object[key]?.arrayValue else { continue }
      let real = choices.filter { $0["type"] != "null" }
      guard let choice = numbers.pick(real.isEmpty ? choices : real) else { return nil }
      var rest = object
      rest[key] = nil
      return value(.object(Self.merged(rest, resolved(choice)?.objectValue ?? [:])), named: name, depth: depth + 1)
    }
    switch type(of: object) {
    case "string": return text(object, named: name).map { .string($0) }
    case "integer": return integer(object, named: name).map { .integer($0) }
    case "number": return number(object, named: name)
    case "boolean": return .bool(numbers.number(in: 0...1) == 1)
    case "null": return .null
    case "array": return array(object, named: name, depth: depth)
    case "object": return self.object(object, depth: depth)
    default: return .string(FamiliarValue.text(named: name, &numbers) ?? "text")
    }
  }

  /// An object with all that is required, and where that is wanted some of the rest.
  private mutating func object(_ schema: JSONObject, depth: Int) -> JSONValue? {
    let required = Set((schema["required"]?.arrayValue ?? []).compactMap(\.stringValue))
    var result = JSONObject()
    for (name, property) in schema["properties"]?.objectValue ?? [:] {
      let isNeeded = required.contains(name)
      if !isNeeded {
        // Whatever nobody asks for may be left out; deep down everything is.
        guard !isSparing, depth < 3, property["deprecated"] != true, numbers.number(in: 0...2) == 0 else { continue }
      }
      var drawn = value(property, named: name, depth: depth + 1)
      // From a unit into the same unit says nothing, where there is a choice.
      for _ in 0..<4 where property["enum"] != nil || property["$ref"] != nil {
        guard let value = drawn, result.contains(where: { $0.value == value }) else { break }
        drawn = self.value(property, named: name, depth: depth + 1)
      }
      guard let value = drawn else {
        if isNeeded { return nil }
        continue
      }
      result[name] = value
    }
    for name in required.sorted() where result[name] == nil {
      guard let value = value(schema["additionalProperties"] ?? true, named: name, depth: depth + 1) else { return nil }
      result[name] = value
    }
    return .object(result)
  }

  // MARK: What the author gave

  private mutating func given(_ object: JSONObject) -> JSONValue? {
    var known = object["examples"]?.arrayValue ?? []
    if let example = object["example"] { known.append(example) }
    if let example = numbers.pick(known) { return example }
    // A default is what happens anyway; now and then something else says more.
    if let value = object["default"], !value.isNull, isSparing || numbers.number(in: 0...1) == 0 { return value }
    return nil
  }

  // MARK: References

  /// The schema that a local `$ref` names, with what stands beside it, and `allOf` as one.
  private func resolved(_ schema: JSONValue) -> JSONValue? {
    var current = schema
    for _ in 0..<Self.deepest {
      guard var object = current.objectValue else { return current }
      if let reference = object["$ref"]?.stringValue {
        guard let target = target(reference) else { return nil }
        object["$ref"] = nil
        current = .object(Self.merged(target.objectValue ?? [:], object))
      } else if let parts = object["allOf"]?.arrayValue {
        object["allOf"] = nil
        for part in parts { object = Self.merged(object, part.objectValue ?? [:]) }
        current = .object(object)
      } else {
        return current
      }
    }
    return nil
  }

  private func target(_ reference: String) -> JSONValue? {
    guard reference.hasPrefix("#") else { return nil }
    var place = root
    for part in reference.dropFirst().split(separator: "/") {
      let key = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
      let element = Int(key).flatMap { place[$0] }
      guard let next = place[key] ?? element else { return nil }
      place = next
    }
    return place
  }

  private static func merged(_ left: JSONObject, _ right: JSONObject) -> JSONObject {
    var result = left
    for (key, value) in right {
      switch key {
      case "properties", "$defs":
        var named = result[key]?.objectValue ?? [:]
        for (name, property) in value.objectValue ?? [:] { named[name] = property }
        result[key] = .object(named)
      case "required", "allOf": result[key] = .array((result[key]?.arrayValue ?? []) + (value.arrayValue ?? []))
      default: result[key] = value
      }
    }
    return result
  }

  private func type(of object: JSONObject) -> String? {
    if let name = object["type"]?.stringValue { return name }
    if let names = object["type"]?.arrayValue?.compactMap(\.stringValue) {
      return names.first { $0 != "null" } ?? names.first
    }
    if object["properties"] != nil { return "object" }
    if object["items"] != nil { return "array" }
    if object["pattern"] != nil || object["format"] != nil { return "string" }
    return object["minimum"] != nil || object["maximum"] != nil ? "number" : nil
  }

  // MARK: Kinds

  private mutating func text(_ object: JSONObject, named name: String) -> String? {
    if let pattern = object["pattern"]?.stringValue {
      // A usual value that fits says more than letters by lot.
      if let schema = try? JSONSchema(.object(object)) {
        let format = object["format"]?.stringValue ?? ""
        let usual = [FamiliarValue.text(format: format, &numbers), FamiliarValue.text(named: name, &numbers)]
        if let fits = usual.lazy.compactMap({ $0 }).first(where: { schema.accepts(.string($0)) }) { return fits }
      }
      return PatternSampler.text(for: pattern, numbers: &numbers)
    }
    var text =
      object["format"]?.stringValue.flatMap { FamiliarValue.text(format: $0, &numbers) }
      ?? paths.text(named: name, &numbers)
      ?? DescribedExample.values(in: object["description"]?.stringValue ?? "").first
      ?? FamiliarValue.text(named: name, describedAs: object["description"]?.stringValue ?? "", &numbers)
      ?? numbers.pick(["lantern", "meadow", "copper"]) ?? "text"
    let low = object["minLength"]?.intValue ?? 0
    guard low <= 4_096 else { return nil }
    while text.unicodeScalars.count < low { text += " and \(text)" }
    if let high = object["maxLength"]?.intValue, high >= low {
      text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(high, 0))))
    }
    return text
  }

  private mutating func integer(_ object: JSONObject, named name: String) -> Int? {
    let step = max(1, object["multipleOf"]?.doubleValue.map { Int(clamping: $0) } ?? 1)
    let (low, high) = bounds(object, usually: 1...20)
    let least = Int(clamping: low.rounded(.up))
    let most = Int(clamping: high.rounded(.down))
    guard least <= most else { return nil }
    if let usual = FamiliarValue.number(named: name, &numbers).map({ Int(clamping: $0) }),
      (least...most).contains(usual),
      usual % step == 0
    {
      return usual
    }
    let first = least / step + (least % step > 0 ? 1 : 0)
    let last = most / step - (most % step < 0 ? 1 : 0)
    return first <= last ? numbers.number(in: first...last) * step : nil
  }

  private mutating func number(_ object: JSONObject, named name: String) -> JSONValue? {
    if object["multipleOf"] != nil { return integer(object, named: name).map { .integer($0) } }
    let (low, high) = bounds(object, usually: 1...20)
    guard low <= high else { return nil }
    if let usual = FamiliarValue.number(named: name, &numbers), usual >= low, usual <= high { return .double(usual) }
    // Halves read better than many digits.
    let halves =
      Int(
        clamping: (low * 2).rounded(.up))...max(
        Int(clamping: (low * 2).rounded(.up)), Int(clamping: (high * 2).rounded(.down)))
    let value = Double(numbers.number(in: halves)) / 2
    return .double(value <= high ? value : low)
  }

  private func bounds(_ object: JSONObject, usually: ClosedRange<Double>) -> (Double, Double) {
    var low = object["minimum"]?.doubleValue
    var high = object["maximum"]?.doubleValue
    if let exclusive = object["exclusiveMinimum"] {
      if exclusive == true { low = low.map { $0 + 1 } } else { low = exclusive.doubleValue.map { $0 + 1 } ?? low }
    }
    if let exclusive = object["exclusiveMaximum"] {
      if exclusive == true { high = high.map { $0 - 1 } } else { high = exclusive.doubleValue.map { $0 - 1 } ?? high }
    }
    switch (low, high) {
    case (let low?, let high?):
      // Of a wide range, the part that people speak of.
      let isWide = high - low > 200 && low <= usually.lowerBound && high >= usually.upperBound
      return isWide ? (usually.lowerBound, usually.upperBound * 3) : (low, min(high, low + 200))
    case (let low?, nil): return (low, max(low, 0) + usually.upperBound)
    case (nil, let high?): return (min(usually.lowerBound, high), high)
    default: return (usually.lowerBound, usually.upperBound)
    }
  }

  private mutating func array(_ object: JSONObject, named name: String, depth: Int) -> JSONValue? {
    let low = object["minItems"]?.intValue ?? (isSparing ? 1 : numbers.number(in: 1...2))
    let high = object["maxItems"]?.intValue ?? max(low, 1)
    guard low <= 64, low <= high else { return high == 0 ? .array([]) : nil }
    var values: [JSONValue] = []
    let first = object["prefixItems"]?.arrayValue ?? []
    for place in 0..<max(min(low, high), first.count) {
      let schema = place < first.count ? first[place] : object["items"] ?? true
      // A few tries, where values may not repeat.
      for _ in 0..<8 {
        guard let value = value(schema, named: name, depth: depth + 1) else { return nil }
        guard object["uniqueItems"] == true, values.contains(value) else {
          values.append(value)
          break
        }
      }
    }
    return .array(values)
  }
}

extension Int {
  /// The whole number that is nearest.
  init(clamping value: Double) {
    self = value.isNaN ? 0 : Int(exactly: value.rounded(.towardZero)) ?? (value < 0 ? -(1 << 53) : 1 << 53)
  }
}
