import OrderedJSON

/// Tools in xLAM's bare form, `{"name", "description", "parameters": {"city": {"type": "str", "description", …}}}`, and
/// OpenAI's, whose parameters are a JSON Schema.
///
/// A parameter is optional where it says `"required": false`, where its type says `optional`, or where it has a default.
enum XLAMTool {
  /// OpenAI's form of a tool; one that has it already stays.
  static func function(of tool: JSONValue, at path: String) throws(RowMisfit) -> JSONValue {
    guard var function = tool.objectValue else { throw RowMisfit(path, "a tool is an object, not \(tool.typeName)") }
    if function["function"] != nil { return tool }
    guard function["name"]?.stringValue != nil else { throw RowMisfit(path + "/name", "the tool has no name") }
    function = function.withoutNulls
    if let parameters = function["parameters"] {
      guard let members = parameters.objectValue else {
        throw RowMisfit(path + "/parameters", "parameters are an object, not \(parameters.typeName)")
      }
      // A parameter of that name would be an object.
      if members["type"]?.stringValue == nil {
        function["parameters"] = .object(try schema(of: members, at: path + "/parameters"))
      }
    } else {
      function["parameters"] = ["type": "object", "properties": [:]]
    }
    return ToolList.wrapped(.object(function))
  }

  private static func schema(of parameters: JSONObject, at path: String) throws(RowMisfit) -> JSONObject {
    var properties = JSONObject()
    var required: [JSONValue] = []
    for (name, value) in parameters {
      guard let parameter = value.objectValue else {
        throw RowMisfit(path + JSONPointerToken.escaped(name), "a parameter is an object, not \(value.typeName)")
      }
      let (property, isRequired) = property(of: parameter)
      properties[name] = .object(property)
      if isRequired { required.append(.string(name)) }
    }
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .array(required) }
    return schema
  }

  private static func property(of parameter: JSONObject) -> (JSONObject, isRequired: Bool) {
    var property = JSONObject()
    var isRequired = parameter["default"] == nil
    for (key, value) in parameter {
      switch (key, value) {
      case ("type", .string(let text)):
        let type = PythonType(text)
        if type.isOptional { isRequired = false }
        for (key, value) in type.schema { property[key] = value }
        // A word that JSON has no type for is kept, for whoever reads it.
        if !type.isKnown { property["$comment"] = .string(text) }
      case ("required", .bool): break
      default: property[key] = value
      }
    }
    if let says = parameter["required"]?.boolValue { isRequired = says }
    return (property, isRequired)
  }

  /// xLAM's form of a canonical tool.
  /// - Throws: `RowMisfit` for what the form cannot say, unless losses are allowed.
  static func json(of tool: JSONValue, at path: String, _ losses: LossRule) throws(RowMisfit) -> JSONValue {
    guard let function = tool["function"]?.objectValue, let name = function["name"] else {
      throw RowMisfit(path, "the tool is no function with a name; xlam knows nothing else")
    }
    let remedy = "messages, openai and sharegpt hold it"
    for key in (tool.objectValue ?? [:]).without(["type", "function"]).keys {
      try losses.lose(path + JSONPointerToken.escaped(key), "a tool's \"\(key)\"", remedy)
    }
    for key in function.without(["name", "description", "parameters"]).keys {
      try losses.lose(path + "/function" + JSONPointerToken.escaped(key), "a tool's \"\(key)\"", remedy)
    }
    var result: JSONObject = ["name": name]
    if let description = function["description"] { result["description"] = description }
    result["parameters"] = .object(
      try parameters(function["parameters"] ?? [:], at: path + "/function/parameters", losses, remedy))
    return .object(result)
  }

  private static func parameters(
    _ value: JSONValue, at path: String, _ losses: LossRule, _ remedy: String
  ) throws(RowMisfit) -> JSONObject {
    guard let schema = value.objectValue, schema["type"] ?? "object" == "object" else {
      try losses.lose(path, "parameters that are no object's schema", remedy)
      return [:]
    }
    for key in schema.without(["type", "properties", "required"]).keys {
      try losses.lose(path + JSONPointerToken.escaped(key), "the schema's \"\(key)\"", remedy)
    }
    let required = Set((schema["required"]?.arrayValue ?? []).compactMap(\.stringValue))
    let properties = schema["properties"]?.objectValue ?? [:]
    for name in required where properties[name] == nil {
      try losses.lose(path + "/required", "a required parameter without a schema", remedy)
    }
    var result = JSONObject()
    for (name, value) in properties {
      let place = path + "/properties" + JSONPointerToken.escaped(name)
      guard let property = value.objectValue else {
        try losses.lose(place, "a parameter whose schema is no object", remedy)
        continue
      }
      let parameter = parameter(of: property, isRequired: required.contains(name))
      let (again, isRequired) = self.property(of: parameter)
      if again != property || isRequired != required.contains(name) {
        try losses.lose(place, "this parameter's schema", remedy)
      }
      result[name] = .object(parameter)
    }
    return result
  }

  private static func parameter(of property: JSONObject, isRequired: Bool) -> JSONObject {
    var parameter = JSONObject()
    let type = PythonType.text(of: property)
    for (key, value) in property {
      switch key {
      case "type" where type != nil:
        parameter["type"] = type.map { .string(isRequired ? $0.text : $0.text + ", optional") }
      case "items" where type?.saysItems == true: break
      default: parameter[key] = value
      }
    }
    // Where the type cannot say it, or a default says the opposite, it is said outright.
    if isRequired ? property["default"] != nil : type == nil { parameter["required"] = .bool(isRequired) }
    return parameter
  }
}
