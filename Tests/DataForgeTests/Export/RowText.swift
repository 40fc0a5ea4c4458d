import DataForge
import OrderedJSON

/// A row from its JSON text.
func row(_ text: String) throws -> JSONObject {
  guard let object = try JSONValue(parsing: text).objectValue else {
    throw RowMisfit("", "the test's row is no object")
  }
  return object
}

/// What `body` finds wrong with a row; `nil` where it finds nothing.
func misfit(_ body: () throws -> Void) throws -> RowMisfit? {
  do {
    try body()
    return nil
  } catch let misfit as RowMisfit { return misfit }
}
