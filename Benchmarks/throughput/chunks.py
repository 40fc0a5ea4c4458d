#!/usr/bin/env python3
"""Writes so many chunks of about 1,800 characters, each different, as `forge chunk` would: `chunks.py COUNT`."""

import hashlib
import json
import sys

SENTENCES = [
    "The pump must be primed before it is started for the first time.",
    "A primed pump shows a steady pressure between two and three bar.",
    "If the pressure falls below one bar, close the inlet valve and look for air in the line.",
    "The inlet valve is opened by a quarter turn to the left.",
    "Air in the line is let out at the bleed screw on top of the housing.",
    "The housing is made of cast iron and weighs eleven kilograms.",
]


def chunk(number: int) -> dict:
    """One chunk; its text begins with its number, so that no two requests are the same."""
    text = f"Section {number}. " + " ".join(SENTENCES * 5)
    digest = hashlib.sha256(text.encode()).hexdigest()
    line = [0, len(text.encode()), 1, 72, 72, 523, 770]
    return {
        "id": digest[:32],
        "document": hashlib.sha256(b"throughput").hexdigest(),
        "index": number,
        "headings": ["Pumps"],
        "text": text,
        "tokens": len(text) // 4,
        "pieces": [{"role": "paragraph", "start": 0, "end": len(text.encode()), "lines": [line]}],
    }


if __name__ == "__main__":
    for number in range(int(sys.argv[1])):
        print(json.dumps(chunk(number)))
