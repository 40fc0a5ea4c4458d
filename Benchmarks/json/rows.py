"""Writes chat rows of 1-2 KB, the same ones every time: rows.py COUNT > ROWS.jsonl"""
import json
import random
import sys

WORDS = """the of and a to in is you that it he was for on are as with his they I at be this have from or one had by word
but not what all were we when your can said there use an each which she do how their if will up other about out many then
them these so some her would make like him into time has look two more write go see number no way could people my than
first water been call who oil its now find long down day did get come made may part model page chapter “quoted” naïve café
über résumé 数据 模型 — …""".split()


def text(r, low, high):
    words = [r.choice(WORDS) for _ in range(r.randrange(low, high))]
    for _ in range(len(words) // 25):
        words[r.randrange(len(words))] += r.choice([".\n\n", ":\n- ", '" ', ",", "?", "\n```\ncode\n```\n"])
    return " ".join(words)


def row(r, number):
    pages = [r.randrange(1, 400)]
    return {
        "id": "%032x" % r.getrandbits(128),
        "messages": [
            {"role": "system", "content": "Answer from the passage, and say where it stands."},
            {"role": "user", "content": text(r, 15, 60)},
            {"role": "assistant", "content": text(r, 50, 140), "reasoning_content": text(r, 10, 40)},
        ],
        "source": {
            "document": "manuals/volume-%d.pdf" % (number % 40),
            "sha256": "%064x" % r.getrandbits(256),
            "pages": pages,
            "quote": text(r, 10, 30),
            "boxes": [
                {"page": pages[0], "box": [round(r.random() * 600, 2) for _ in range(4)]} for _ in range(r.randrange(1, 3))
            ],
        },
        "score": r.random(),
        "kept": True,
        "parent": None,
    }


def main():
    r = random.Random(1)
    for number in range(int(sys.argv[1])):
        print(json.dumps(row(r, number), ensure_ascii=False, separators=(",", ":")))


main()
