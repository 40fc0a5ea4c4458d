"""Checks the calls of rows with python-jsonschema, which caches a validator for each tool: peer.py ROWS.jsonl [TOOLS.json]

Prints how many rows are wrong, and the seconds of CPU time. It reads rows with orjson and checks schemas only: nothing
of the order of turns, of ids, or of what is wrong."""
import resource
import sys

import orjson
from jsonschema import Draft202012Validator

shared = None
if len(sys.argv) > 2:
    with open(sys.argv[2], "rb") as file:
        shared = {tool["function"]["name"]: tool["function"]["parameters"] for tool in orjson.loads(file.read())}
validators = {}
wrong = count = 0
before = resource.getrusage(resource.RUSAGE_SELF)
with open(sys.argv[1], "rb") as source:
    for line in source:
        row = orjson.loads(line)
        tools = shared or {tool["function"]["name"]: tool["function"]["parameters"] for tool in row["tools"]}
        good = True
        for message in row["messages"]:
            for call in message.get("tool_calls", ()):
                function = call["function"]
                name = function["name"]
                schema = tools.get(name)
                if schema is None:
                    good = False
                    continue
                # The benchmark's tools have one schema for each name; others would need a costlier key.
                validator = validators.get(name)
                if validator is None:
                    validator = validators[name] = Draft202012Validator(schema)
                if not validator.is_valid(function["arguments"]):
                    good = False
        count += 1
        wrong += not good
after = resource.getrusage(resource.RUSAGE_SELF)
print(count, wrong, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
