/// A filter: what stands before the bar, the arguments, and the rendering.
typealias FilterFunction = @Sendable (Value, Arguments, inout Machine) throws(Failure) -> Value

/// Jinja's filters by name.
enum Filters {
  static let all: [String: FilterFunction] = [
    "abs": NumberFilters.absolute,
    "attr": SelectionFilters.attribute,
    "batch": SequenceFilters.batch,
    "capitalize": { (value, arguments, machine) throws(Failure) in
      try TextFilters.method(.capitalize, value, arguments, &machine)
    },
    "center": TextFilters.center,
    "count": SequenceFilters.length,
    "d": SelectionFilters.fallback,
    "default": SelectionFilters.fallback,
    "dictsort": OrderFilters.sortedItems,
    "e": MarkupFilters.escape,
    "escape": MarkupFilters.escape,
    "filesizeformat": NumberFilters.fileSize,
    "first": SequenceFilters.first,
    "float": NumberFilters.float,
    "forceescape": MarkupFilters.forceEscape,
    "format": TextFilters.format,
    "groupby": OrderFilters.grouped,
    "indent": TextFilters.indent,
    "int": NumberFilters.integer,
    "items": SequenceFilters.items,
    "join": SequenceFilters.join,
    "last": SequenceFilters.last,
    "length": SequenceFilters.length,
    "list": SequenceFilters.list,
    "lower": { (value, arguments, machine) throws(Failure) in
      try TextFilters.method(.lower, value, arguments, &machine)
    },
    "map": SelectionFilters.map,
    "max": OrderFilters.maximum,
    "min": OrderFilters.minimum,
    "pprint": TextFilters.prettyPrint,
    "random": SequenceFilters.random,
    "reject": { (value, arguments, machine) throws(Failure) in
      try SelectionFilters.select(value, arguments, byAttribute: false, keeping: false)
    },
    "rejectattr": { (value, arguments, machine) throws(Failure) in
      try SelectionFilters.select(value, arguments, byAttribute: true, keeping: false)
    },
    "replace": TextFilters.replace,
    "reverse": SequenceFilters.reverse,
    "round": NumberFilters.round,
    "safe": MarkupFilters.safe,
    "select": { (value, arguments, machine) throws(Failure) in
      try SelectionFilters.select(value, arguments, byAttribute: false, keeping: true)
    },
    "selectattr": { (value, arguments, machine) throws(Failure) in
      try SelectionFilters.select(value, arguments, byAttribute: true, keeping: true)
    },
    "slice": SequenceFilters.slice,
    "sort": OrderFilters.sort,
    "string": TextFilters.string,
    "striptags": MarkupFilters.stripTags,
    "sum": NumberFilters.sum,
    "title": TextFilters.title,
    "tojson": { (value, arguments, machine) throws(Failure) in
      let capture = machine.beginCapture()
      try JSONText(arguments, &machine).write(value, &machine)
      return .string(try machine.takeCapture(capture))
    },
    "trim": TextFilters.trim,
    "truncate": TextFilters.truncate,
    "unique": OrderFilters.unique,
    "upper": { (value, arguments, machine) throws(Failure) in
      try TextFilters.method(.upper, value, arguments, &machine)
    },
    "urlencode": MarkupFilters.urlEncode,
    "urlize": MarkupFilters.links,
    "wordcount": TextFilters.wordCount,
    "wordwrap": TextFilters.wordWrap,
    "xmlattr": MarkupFilters.attributes,
  ]
}
