"""Writes rows with tool calls as JSON Lines, of which every tenth is wrong, and their tools:
rows.py OWN.jsonl SHARED.jsonl TOOLS.json COUNT

The rows of OWN bring the tools along that they may call; those of SHARED are checked against TOOLS."""
import json
import random
import sys

random.seed(5)
WORDS = "city days unit query limit sort page user amount currency start end title body lang region size color".split()
NOUNS = "weather stock flight hotel recipe invoice ticket order paper route song film team match city book".split()
VERBS = "get find list create update book count rank".split()


def parameter():
    return random.choice([
        lambda: {"type": "string", "description": "What is wanted, in plain words."},
        lambda: {"type": "integer", "description": "How many, at least one.", "minimum": 1, "maximum": 100},
        lambda: {"type": "number", "description": "A share."},
        lambda: {"type": "boolean", "description": "Whether all of it is wanted."},
        lambda: {"type": "string", "enum": ["small", "medium", "large"], "description": "The size."},
        lambda: {"type": "array", "items": {"type": "string"}, "description": "Names."},
        lambda: {"type": "object", "properties": {"lat": {"type": "number"}, "lon": {"type": "number"}},
                 "required": ["lat", "lon"], "description": "A place."},
    ])()


def tool(number):
    names = random.sample(WORDS, random.randint(1, 5))
    return {"type": "function", "function": {
        "name": f"{random.choice(VERBS)}_{random.choice(NOUNS)}_{number}",
        "description": "Looks something up and says what it found, in the words of the source.",
        "parameters": {"type": "object", "properties": {name: parameter() for name in names},
                       "required": names[: random.randint(0, len(names))], "additionalProperties": False}}}


def value(schema, row):
    if "enum" in schema:
        return schema["enum"][row % 3]
    return {"string": f"value number {row}", "integer": row % 100 + 1, "number": row / 7, "boolean": row % 2 == 0,
            "array": [f"a{row}", "b"], "object": {"lat": 59.9, "lon": 10.7}}[schema["type"]]


def spoil(arguments, properties, row):
    kind = row // 10 % 3
    name = next(iter(properties))
    if kind == 0:
        arguments["unknown_argument"] = 1
    elif kind == 1:
        arguments[name] = None
    else:
        arguments.clear()
        arguments[name[:-1]] = 1


tools = [tool(number) for number in range(500)]
count = int(sys.argv[4])
with open(sys.argv[1], "w") as own, open(sys.argv[2], "w") as shared:
    for row in range(count):
        first = row * 7 % 500
        mine = [tools[(first + step * 31) % 500] for step in range(1 + row % 3)]
        calls = []
        for number, called in enumerate(mine[: 1 + row % 2]):
            properties = called["function"]["parameters"]["properties"]
            arguments = {name: value(schema, row) for name, schema in properties.items()}
            if row % 10 == 9:
                spoil(arguments, properties, row)
            calls.append({"id": f"call_{row}_{number}", "type": "function",
                          "function": {"name": called["function"]["name"], "arguments": arguments}})
        result = {
            "id": f"row-{row}",
            "messages": [
                {"role": "user", "content": f"Please look up number {row} and tell me what you find about it."},
                {"role": "assistant", "content": "", "tool_calls": calls},
                *[{"role": "tool", "tool_call_id": call["id"], "content": "{\"found\": true}"} for call in calls],
                {"role": "assistant", "content": "I found what you asked for, and here is what the source says."},
            ],
        }
        shared.write(json.dumps(result) + "\n")
        result["tools"] = mine
        own.write(json.dumps(result) + "\n")
with open(sys.argv[3], "w") as file:
    json.dump(tools, file)
