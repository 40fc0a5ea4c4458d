import OrderedJSON
import Testing

@testable import DataForge

@Suite struct ErrorShapeTests {
  @Test(
    arguments: [
      ["error": "city not found"], ["error": ["code": 3]], ["error": true], ["error": ["a"]],
      ["error": ["message": "x"], "result": nil], ["errors": [["message": "x"]]],
      ["data": nil, "errors": [["message": "x"]]], ["status": "error"], ["status": "ERROR", "message": "x"],
      ["status": "fail", "data": [:]], ["success": false], ["success": "false"], ["ok": false, "description": "x"],
      ["isError": true, "content": []], ["cod": "404", "message": "city not found"],
      ["code": 500, "message": "x", "trace": nil], ["statusCode": 400, "message": "bad", "error": "Bad Request"],
      "Error: no such file", "error: x", "ERROR: x", "  Error: x", "Error 404", "Error 500: x", "Error (code 3)",
      "Error executing tool weather: boom", "Error processing mcp-server-time query: Invalid timezone",
      "Traceback (most recent call last):\n  File", "ValueError: x", "java.lang.IllegalStateException: x",
      "requests.exceptions.ConnectionError: x", "fatal: not a git repository", "An error occurred while x",
      "Database error: near \"x\"", "Input validation error: x", "HTTP error: 404",
      "Internal Server Error", "Unhandled exception. x", "Exception: x", "Fatal error: x", "[ERROR] x",
    ] as [JSONValue]) func whatIsWordedAsAnErrorIsOne(answer: JSONValue)
  {
    #expect(ErrorShape.reason(in: answer) != nil)
  }

  @Test(
    arguments: [
      nil, 0, true, [], [:], "", "ok", ["error": nil], ["error": ""], ["error": false], ["error": [:]], ["error": []],
      ["error": "none"], ["error": "No error", "value": 3], ["error": 0], ["error": 0.05, "mean": 3.1],
      ["success": true, "error": "x"], ["ok": true], ["errors": []], ["errors": [["message": "x"]], "data": ["a": 1]],
      ["status": "ok"], ["status": "success"], ["status": "failed", "job": 3], ["status": 200, "message": "x"],
      ["code": 404, "name": "Not Found", "category": "client", "message": "x", "since": 1991],
      ["code": 42, "message": "x"],
      ["code": 451], ["result": ["error": "x"]], [["error": "x"]], ["message": "Error: x"],
      "The error: a history", "Errors: 0", "Error rate is 3 %", "Error handling in Swift", "Error 42", "errors",
      "No error: fine", "Standard error: 0.2",
      "Mean squared error: 3", "What a server error: a story", "All went well.\nError: none", "Terror: a film",
      "ErrorBar", "Fatality: low",
      "How to read a Traceback (most recent call last)", "Type: ValueError", "an errand occurred",
    ] as [JSONValue]) func whatAToolMayAnswerInEarnestIsLeftAlone(answer: JSONValue)
  {
    #expect(ErrorShape.reason(in: answer) == nil)
  }

  @Test(arguments: [
    "<!DOCTYPE html>\n<html><head><title>500 Internal Server Error</title></head></html>",
    "<html><head><TITLE>\n404 Not Found\n</TITLE></head></html>", "<html><title>Error 503</title>",
    "\n<!doctype html><html lang=en><title>Access denied</title>", "<html><head><title>Error</title>",
    "<html><head><title>403 Forbidden | Example</title>",
  ]) func aPageWithTheTitleOfAnErrorIsOne(page: String) {
    #expect(ErrorShape.reason(in: .string(page)) != nil)
  }

  @Test(arguments: [
    "<html><head><title>About us</title></head><body>404 Not Found</body></html>", "<html><title>500 days</title>",
    "<html><title>How to mend an internal server error</title>", "<html><title>Area 512</title>",
    "<html><body><h1>Error</h1></body></html>", "<title>404 Not Found</title>", "<html><title>404 items</title>",
  ]) func anyOtherPageIsLeftAlone(page: String) {
    #expect(ErrorShape.reason(in: .string(page)) == nil)
  }

  @Test func theReasonSaysWhatWasSaid() {
    #expect(ErrorShape.reason(in: ["error": ["message": "no such city"]]) == "\"error\" (no such city)")
    #expect(ErrorShape.reason(in: "Error: no such city\nmore") == "it begins with \"Error: no such city\"")
  }
}
