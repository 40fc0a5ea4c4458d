"""Checks the calls of rows with python-jsonschema: peer.py MODE ROWS.jsonl [TOOLS.json]

MODE "validate" calls jsonschema.validate, as its documentation shows it; "cached" keeps a validator for each tool's name,
which only this benchmark's tools allow. Prints the rows, how many are wrong, and the seconds of CPU time. It reads rows
with orjson and checks schemas only: nothing of the order of turns, of ids, or of what is wrong."""
import resource
import sys

import jsonschema
import orjson

mode = sys.argv[1]
shared = None
if len(sys.argv) > 3:
    with open(sys.argv[3], "rb") as file:
        shared = {tool["function"]["name"]: tool["function"]["parameters"] for tool in orjson.loads(file.read())}
validators = {}


def is_valid(name, schema, arguments):
    if mode == "validate":
        try:
            jsonschema.validate(arguments, schema)
            return True
        except jsonschema.ValidationError:
            return False
    validator = validators.get(name)
    if validator is None:
        validator = validators[name] = jsonschema.Draft202012Validator(schema)
    return validator.is_valid(arguments)


wrong = count = 0
before = resource.getrusage(resource.RUSAGE_SELF)
with open(sys.argv[2], "rb") as source:
    for line in source:
        row = orjson.loads(line)
        tools = shared or {tool["function"]["name"]: tool["function"]["parameters"] for tool in row["tools"]}
        good = True
        for message in row["messages"]:
            for call in message.get("tool_calls", ()):
                function = call["function"]
                schema = tools.get(function["name"])
                if schema is None or not is_valid(function["name"], schema, function["arguments"]):
                    good = False
        count += 1
        wrong += not good
after = resource.getrusage(resource.RUSAGE_SELF)
print(count, wrong, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
