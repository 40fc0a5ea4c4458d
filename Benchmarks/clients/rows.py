"""Conversations for the check: with and without tools, parallel and chained calls, results, system texts, reasoning, and
the characters and numbers that get bent on the way. The same seed gives the same rows."""

import json
import random

CITIES = ["Oslo", "São Paulo", "東京", "Kraków", "القاهرة", "Val-d'Isère"]
PHRASES = [
    "plain words", "naïve café — “quoted”", "日本語の文章です。", "emoji 👩‍👩‍👧‍👦 and 🇳🇴", "a < b && c > d", "e\u0301 is not é",
    "tab\there", "{{ not.a.template }} {% neither %}", "back\\slash and \"quotes\"", "line one\nline two\n\nline four",
    "عربى ثم English", "50 % of §3.2", "x\u00a0y\u2028z", "`code = [1, 2]`",
]
REASONS = ["The user wants a number.", "First the place,\nthen the time.", "それは簡単です。"]


def tool(name, description, properties, required):
    parameters = {"type": "object", "properties": properties}
    if required:
        parameters["required"] = required
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


WEATHER = tool("get_weather", "The weather at a place.", {
    "city": {"type": "string", "description": "Its name, e.g. “Kraków”"},
    "unit": {"type": "string", "enum": ["°C", "°F"], "description": "Unit"}}, ["city"])
BOOK = tool("book_table", "Books a table & confirms it.", {
    "guests": {"type": "integer", "description": "How many"},
    "at": {"type": "object", "description": "When", "properties": {
        "day": {"type": "string", "description": "ISO date"}, "hour": {"type": "number", "description": "0 to 24"}}},
    "wishes": {"type": "array", "items": {"type": "string"}, "description": "Anything <special>"},
    "outside": {"type": "boolean", "description": "Outside?"}}, ["guests", "at"])
CLOCK = tool("now", "The time.", {}, [])
CONVERT = tool("convert", "Converts an amount.", {
    "amount": {"type": "number", "description": "How much"}, "to": {"type": "string", "description": "Currency"}},
    ["amount", "to"])


class Writer:
    """Writes messages one after the other, with ids for the calls."""

    def __init__(self, seed, ids="call_{}"):
        self.random = random.Random(seed)
        self.ids, self.count, self.messages = ids, 0, []

    def phrase(self):
        return self.random.choice(PHRASES)

    def say(self, role, content, **more):
        self.messages.append({"role": role, "content": content, **more})
        return self

    def ask(self):
        return self.say("user", f"Question {self.random.randrange(100)}: {self.phrase()}?")

    def answer(self, **more):
        return self.say("assistant", f"Answer: {self.phrase()}.", **more)

    def call(self, *calls, content="", **more):
        made = []
        for name, arguments in calls:
            self.count += 1
            made.append({"id": self.ids.format(self.count), "type": "function",
                         "function": {"name": name, "arguments": arguments}})
        self.say("assistant", content, **more)
        self.messages[-1]["tool_calls"] = made
        for call in made:
            result = {"value": self.random.randrange(1000) / 8, "note": self.phrase()}
            self.say("tool", json.dumps(result, ensure_ascii=False), name=call["function"]["name"], tool_call_id=call["id"])
        return self


def weather(writer):
    return ("get_weather", {"city": writer.random.choice(CITIES)})


def booking(writer):
    return ("book_table", {
        "guests": writer.random.randrange(1, 9), "at": {"day": "2026-02-28", "hour": 19.5},
        "wishes": [writer.phrase(), "quiet"], "outside": writer.random.random() < 0.5})


def conversion(writer):
    amount = writer.random.choice([0.1, 1.0, -3, 2.5, 1200000, 0.000125, 12345678901234])
    return ("convert", {"amount": amount, "to": "NOK"})


def rows():
    """About forty rows; every kind stands for something that some template or loader got wrong once."""
    kinds = [
        ("plain", None, lambda w: w.ask().answer()),
        ("system", None, lambda w: w.say("system", "Be brief.\n" + w.phrase()).ask().answer()),
        ("turns", None, lambda w: w.ask().answer().ask().answer().say("user", "And then?").answer()),
        ("reasoning", None, lambda w: w.ask().answer(reasoning_content=w.random.choice(REASONS))),
        ("one-call", [WEATHER], lambda w: w.ask().call(weather(w)).answer()),
        ("system-call", [WEATHER, BOOK], lambda w: w.say("system", "You book tables.").ask().call(booking(w)).answer()),
        ("parallel", [WEATHER, CONVERT, CLOCK],
         lambda w: w.ask().call(weather(w), conversion(w), weather(w)).answer()),
        ("chained", [WEATHER, CONVERT], lambda w: w.ask().call(weather(w)).call(conversion(w)).answer()),
        ("no-arguments", [CLOCK], lambda w: w.ask().call(("now", {})).answer()),
        ("text-and-call", [BOOK, CLOCK],
         lambda w: w.ask().call(booking(w), content="I will look.").answer().ask().answer()),
        ("thought-call", [CONVERT],
         lambda w: w.ask().call(conversion(w), reasoning_content=w.random.choice(REASONS)).answer()),
        ("unused-tools", [WEATHER, BOOK, CONVERT, CLOCK], lambda w: w.ask().answer().ask().answer()),
        ("ends-with-call", [WEATHER], lambda w: w.ask().call(weather(w)) and w),
    ]
    for number in range(40):
        name, tools, write = kinds[number % len(kinds)]
        writer = Writer(number, ids="abcde{:04d}" if number % 2 else "call_{}")
        write(writer)
        if name == "ends-with-call":
            writer.messages.pop()  # a conversation may end with the call that is to be learnt
        row = {"id": f"{name}-{number}", "messages": writer.messages}
        if tools:
            row["tools"] = tools
        row["source"] = {"document": f"document-{number % 7}.pdf", "pages": [number + 1]}
        yield row
