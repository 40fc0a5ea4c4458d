"""Writes tool conversations as JSON Lines: rows.py FILE COUNT"""
import json
import sys

TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Get the current weather in a city.",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}, "days": {"type": "integer", "minimum": 1}},
            "required": ["city"],
        },
    },
}
CITIES = ["Oslo", "Kyōto", "São Paulo", "Reykjavík", "Łódź", "Paris, FR", "Nairobi", "Hà Nội"]


def row(number):
    city = CITIES[number % len(CITIES)]
    call = {"id": f"call{number % 100000:05d}", "type": "function",
            "function": {"name": "get_weather", "arguments": {"city": city, "days": number % 14 + 1}}}
    return {
        "id": f"r{number}",
        "messages": [
            {"role": "system", "content": "You answer in one sentence, from what the tools say."},
            {"role": "user", "content": f"What will the weather be like in {city} over the next {number % 14 + 1} days?"},
            {"role": "assistant", "content": "", "tool_calls": [call]},
            {"role": "tool", "tool_call_id": call["id"], "name": "get_weather",
             "content": json.dumps({"temperature": number % 30 + 0.5, "sky": "overcast, later \"clear\""})},
            {"role": "assistant", "content": f"In {city} it will be about {number % 30} degrees, overcast at first and clear later."},
        ],
        "tools": [TOOL],
        "source": {"document": f"d{number // 10}", "sha256": f"{number // 10:064x}", "pages": [1], "quote": "", "boxes": []},
    }


with open(sys.argv[1], "w") as file:
    for number in range(int(sys.argv[2])):
        file.write(json.dumps(row(number), ensure_ascii=False, separators=(",", ":")) + "\n")
