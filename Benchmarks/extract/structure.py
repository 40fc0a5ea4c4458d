"""Scores Markdown and JSON against the truth: headings with their levels, tables' cells, code's indentation, lists, and roles.

A heading's level counts relative to the others of its document: a title may stand above the sections or beside them.
A table counts by pairs of neighbouring cells (Göbel, Hassan, Oro, Orsi: ICDAR 2013), the F1 of those that the truth and the text share.
A line of code counts where it stands in a fenced block, indented by as much as in the truth relative to its block.
"""

import collections
import dataclasses
import html
import json
import re

import score

FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
ITEM = re.compile(r"^(\s*)([-*+•–—]|\(?[0-9]{1,3}[.)]|\(?[a-z]{1,3}[.)])\s+(.*)$")
SEPARATOR = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")

# The manuals' HTML has numbers before headings where the print has none, and the other way round.
NUMBER = re.compile(r"^(?:(?:chapter|appendix|part|section)\s+)?(?:[A-Z](?=[.:\d])|\d+|[IVX]+(?=[.:]))(?:\.\d+)*[.:)]?\s+", re.IGNORECASE)

# What a kind of block may be called in our JSON; the first is what it is called best.
ROLES = {
    "title": ["title", "heading"], "heading": ["heading"], "abstract": ["heading", "paragraph"], "paragraph": ["paragraph"],
    "quote": ["quote", "paragraph"], "item": ["list_item"], "table": ["table"], "caption": ["caption"], "note": ["footnote"],
    "code": ["code"], "contents": ["table_of_contents", "contents", "toc"], "reference": ["reference", "references", "bibliography"],
    "lines": ["paragraph"], "formula": ["formula", "paragraph"], "sidenote": ["side_note", "sidenote", "margin_note", "aside", "note"],
}


def key(text):
    """What two texts share if they say the same."""
    return tuple(score.tokens(html.unescape(text)))


def heading_key(text):
    return key(NUMBER.sub("", text))


def cells(line):
    parts = re.split(r"(?<!\\)\|", line.strip())
    if parts and not parts[0].strip():
        parts = parts[1:]
    if parts and not parts[-1].strip():
        parts = parts[:-1]
    return [re.sub(r"[*_`\\]|<[^>]+>", "", part).strip() for part in parts]


@dataclasses.dataclass
class Markdown:
    headings: list  # (level, text)
    tables: list  # rows of cells
    code: list  # blocks of lines
    items: list  # (indent, text)


def parse(text):
    """The parts of a Markdown text that are scored. Markdown's own rules for lazy lines and the like do not matter for them."""
    result = Markdown([], [], [], [])
    lines, index = text.split("\n"), 0
    while index < len(lines):
        line = lines[index]
        fence = FENCE.match(line)
        if fence:
            block, mark = [], fence.group(2)
            index += 1
            while index < len(lines) and not lines[index].strip().startswith(mark):
                block.append(lines[index])
                index += 1
            result.code.append(block)
        elif found := HEADING.match(line):
            result.headings.append((len(found.group(1)), re.sub(r"[*_`\\]", "", found.group(2))))
        elif "|" in line and index + 1 < len(lines) and "|" in lines[index + 1] and SEPARATOR.match(lines[index + 1]):
            rows = [cells(line)]
            index += 2
            while index < len(lines) and "|" in lines[index]:
                rows.append(cells(lines[index]))
                index += 1
            result.tables.append(rows)
            continue
        elif found := ITEM.match(line):
            body = found.group(3)
            while index + 1 < len(lines) and lines[index + 1].strip() and not ITEM.match(lines[index + 1]) \
                    and not HEADING.match(lines[index + 1]) and "|" not in lines[index + 1]:
                index += 1
                body += " " + lines[index].strip()
            result.items.append((len(found.group(1).expandtabs(4)), found.group(2), body))
        index += 1
    return result


def neighbours(rows):
    """Pairs of neighbouring filled cells, with their direction."""
    pairs = collections.Counter()
    texts = [[key(cell) for cell in row] for row in rows]
    for y, row in enumerate(texts):
        filled = [cell for cell in row if cell]
        for left, right in zip(filled, filled[1:]):
            pairs[left, right, "right"] += 1
        if y + 1 < len(texts):
            for x, cell in enumerate(row):
                below = next((texts[z][x] for z in range(y + 1, len(texts)) if x < len(texts[z]) and texts[z][x]), None)
                if cell and below:
                    pairs[cell, below, "below"] += 1
    return pairs


def table_scores(blocks, found):
    """The F1 of each table of the truth with the table of the text that fits it best, each used once."""
    truths = [neighbours(block["rows"]) for block in blocks if block.get("rows")]
    ours = [neighbours(rows) for rows in found]
    scored = []
    for t, left in enumerate(truths):
        for o, right in enumerate(ours):
            both = sum((left & right).values())
            if both:
                scored.append((2 * both / (sum(left.values()) + sum(right.values())), t, o))
    result, used = [0.0] * len(truths), set()
    for value, t, o in sorted(scored, reverse=True):
        if result[t] == 0.0 and o not in used:
            result[t] = value
            used.add(o)
    return result, len(ours) - len(used)


def heading_scores(blocks, found):
    """(right, found, of the truth, that are none): right is a level that differs from the truth's as most of the document's do."""
    wanted = collections.defaultdict(list)
    allowed = set()
    for block in blocks:
        if block["kind"] == "heading":
            wanted[heading_key(block["text"])].append(block["level"])
        elif block["kind"] in ("title", "abstract"):
            allowed.add(heading_key(block["text"]))
    total = sum(len(levels) for levels in wanted.values())
    pairs, extra = [], 0
    for level, text in found:
        levels = wanted.get(heading_key(text))
        if levels:
            pairs.append(level - levels.pop(0))
        elif heading_key(text) not in allowed:
            extra += 1
    return max(collections.Counter(pairs).values(), default=0), len(pairs), total, extra


def code_scores(blocks, found):
    """(lines with their indentation, lines of the truth)."""
    def relative(lines):
        lines = [line.rstrip().expandtabs(4) for line in lines if line.strip()]
        least = min((len(line) - len(line.lstrip()) for line in lines), default=0)
        return [((len(line) - len(line.lstrip()) - least), re.sub(r"\s+", "", line)) for line in lines]
    have = collections.Counter(line for block in found for line in relative(block))
    right = total = 0
    for block in blocks:
        if block["kind"] == "code":
            lines = relative(block["text"].split("\n"))
            total += len(lines)
            for line in lines:
                if have[line]:
                    have[line] -= 1
                    right += 1
    return right, total


def item_scores(blocks, found):
    """(items with the right depth, items of the truth): depth is the rank of the indentation in a run of items."""
    have = collections.defaultdict(list)
    stack = []
    for indent, mark, text in found:
        while stack and stack[-1] > indent:
            stack.pop()
        if not stack or stack[-1] < indent:
            stack.append(indent)
        have[key(text)].append(len(stack))
        have[key(f"{mark} {text}")].append(len(stack))
    right = total = 0
    for block in blocks:
        if block["kind"] == "item":
            total += 1
            levels = have.get(key(block["text"]))
            if levels and block["level"] in levels:
                levels.remove(block["level"])
                right += 1
    return right, total


def confusion(truth, document):
    """{(kind of the truth, role of the JSON): tokens}, by triples of tokens that stand once in the truth. Where the text has them more
    often, as a heading in the contents and in a running head, the right role counts if it is one of them."""
    def triples(blocks):
        places = collections.defaultdict(list)
        for kind, words in blocks:
            for index in range(len(words) - 2):
                places[tuple(words[index:index + 3])].append(kind)
        return places
    left = triples((block["kind"], block["tokens"]) for block in truth.blocks)
    right = triples((block["role"], score.tokens(block["text"])) for page in document["pages"] for block in page["blocks"])
    result = collections.Counter()
    for gram, kinds in left.items():
        if len(kinds) == 1:
            roles = right.get(gram, ())
            result[kinds[0], next((role for role in roles if is_right(kinds[0], role)), roles[0] if len(roles) == 1 else "-")] += 1
    return result


@dataclasses.dataclass
class Structure:
    headings: tuple = (0, 0, 0, 0)  # right level, found, of the truth, that are none
    tables: list = dataclasses.field(default_factory=list)
    tables_extra: int = 0
    code: tuple = (0, 0)
    items: tuple = (0, 0)
    roles: collections.Counter = dataclasses.field(default_factory=collections.Counter)


def score_structure(truth, markdown, document):
    found = parse(markdown)
    tables, extra = table_scores(truth.blocks, found.tables)
    return Structure(
        headings=heading_scores(truth.blocks, found.headings), tables=tables, tables_extra=extra,
        code=code_scores(truth.blocks, found.code), items=item_scores(truth.blocks, found.items),
        roles=confusion(truth, json.loads(document)) if document.strip() else collections.Counter())


def is_right(kind, role):
    return role in ROLES.get(kind, [kind])
