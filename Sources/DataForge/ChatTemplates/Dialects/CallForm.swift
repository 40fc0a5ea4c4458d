/// How a dialect writes calls inside an assistant's text.
enum CallForm: Sendable {
  /// JSON objects `{"name", "arguments"}` or lists of them between two tokens; without `close`, one value.
  case json(open: Marker, close: Marker?)
  /// The whole text is one JSON object `{"name", "parameters"}`, perhaps behind a token.
  case bareJSON(prefix: Marker)
  /// The name between tokens, the arguments as one JSON object.
  case named(NamedForm)
  /// A tag for the call and one for each argument.
  case tagged(TagForm)
  /// `OPEN name <arg_key>k</arg_key><arg_value>v</arg_value> … CLOSE`.
  case argumentKeys(open: Marker, close: Marker)
  /// Tags named after the arguments, nested, each behind a mark.
  case nestedTags(mark: Marker)
  /// `OPEN call:name{key:value} CLOSE`, strings between two `quote` tokens.
  case braces(open: Marker, close: Marker, quote: Marker)
  /// `OPEN [name(key='value')] CLOSE`, as Python writes it.
  case python(open: Marker, close: Marker)

  /// A name between tokens, then JSON.
  struct NamedForm: Sendable {
    /// What a call begins with.
    let begin: Marker
    /// What stands between the id and the name, where the id comes first.
    var idEnd: Marker?
    /// What stands between the name and the id, where the id comes last.
    var idMark: Marker?
    /// What ends the name.
    let nameEnd: Marker
    /// What may follow the arguments, in order.
    var closes: [Marker] = []
    /// Whether the name is written `functions.NAME:0` and is the id too.
    var isNumbered = false
  }

  /// A tag for the call and one for each argument.
  struct TagForm: Sendable {
    let open: Marker
    let nameEnd: Marker
    let close: Marker
    let parameter: Marker
    let parameterNameEnd: Marker
    let parameterClose: Marker
    /// Whether a value may stand in `<![CDATA[ … ]]>`.
    var hasCDATA = false
  }

  /// What a call of this form begins with; empty where it has no token.
  var opening: Marker {
    switch self {
    case .json(let open, _), .argumentKeys(let open, _), .braces(let open, _, _), .python(let open, _): open
    case .bareJSON(let prefix): prefix
    case .named(let form): form.begin
    case .tagged(let form): form.open
    case .nestedTags(let mark): Marker("\(mark)<invoke name=\"")
    }
  }
}

/// How a dialect writes tool results.
enum ResultForm: Sendable {
  /// The text between two tokens is the result.
  case text(open: Marker, close: Marker)
  /// As `text`, with id and name before it.
  case withIDAndName(open: Marker, idEnd: Marker, nameEnd: Marker, close: Marker)
  /// As `text`, with the name before it.
  case withName(open: Marker, nameEnd: Marker, close: Marker)
  /// What Mistral puts between `[TOOL_RESULTS]` and `[/TOOL_RESULTS]`: JSON, id and text, or text.
  case mistral
  /// A JSON object with `content` and `call_id`, or a list of objects with `results` and `tool_call_id`, or a list of
  /// results.
  case json(open: Marker, close: Marker)
  /// `OPEN response:name{key:value} CLOSE`, strings between two `quote` tokens.
  case braces(open: Marker, close: Marker, quote: Marker)
  /// A turn of the tool that begins with a line which names the call.
  case kimi
  /// The whole turn of the tool is the result, behind a word that may stand before it; perhaps as a JSON string.
  case turn(prefix: Marker, isJSON: Bool)

  /// What a result begins with; `nil` where it is the whole turn.
  var opening: Marker? {
    switch self {
    case .text(let open, _), .withIDAndName(let open, _, _, _), .withName(let open, _, _),
      .json(let open, _), .braces(let open, _, _):
      open
    case .turn, .mistral, .kimi: nil
    }
  }
}
