"""Documents as lists of blocks: what a renderer typesets and what an extractor should give back.

The truth is what a person would copy by hand: running heads, feet and page numbers left out, words whole. Notes and floats are marked
so, because no place between two blocks is better for them than another; a place inside a paragraph is wrong.
"""

import dataclasses
import random

import prose


@dataclasses.dataclass
class Note:
    """A footnote; `mark` is how it is called in the text."""
    mark: str
    text: str


@dataclasses.dataclass
class Block:
    kind: str  # title author abstract heading paragraph quote item table code caption sidenote contents reference formula
    text: str = ""
    parts: list = dataclasses.field(default_factory=list)  # of a paragraph: strings and Notes
    level: int = 0
    mark: str = ""  # of a list item or a heading: "1.", "a)", "2.1", "" for a bullet
    rows: list = dataclasses.field(default_factory=list)
    ruled: bool = False
    wide: bool = False  # spans all columns
    is_float: bool = False
    first: bool = False  # of a list
    last: bool = False
    initial: bool = False  # a drop capital
    rotated: bool = False
    beside: str = ""  # a note in the margin
    wrapped: bool = False  # a figure with text around

    def plain(self):
        """The text as it should be read."""
        if self.kind == "table":
            return "\n".join("\t".join(row) for row in self.rows)
        if self.parts:
            return " ".join(part if isinstance(part, str) else part.mark for part in self.parts)
        return f"{self.mark} {self.text}".strip()


@dataclasses.dataclass
class Layout:
    """How a document is typeset."""
    columns: int = 1
    paper: str = "a4"
    size: int = 10
    leading: float = 1.2
    width: float = 6.0  # inches of the text
    gutter: float = 0.3
    family: str = "T"
    justified: bool = True
    heads: tuple = ("", "", "")  # left, centre, right; "%" is the page number
    feet: tuple = ("", "", "")
    alternate: tuple = ()  # heads of even pages
    section_heads: bool = False  # the head names the section
    indent: bool = True
    numbered: bool = True
    contents: bool = False
    spaced_headings: bool = False  # capitals with space between them
    initials: bool = False  # a section begins with a drop capital
    first_heads: bool = False  # the first page has heads and feet like the others
    engine: str = ""  # what prints HTML: chromium or weasyprint
    language: str = "en"
    direction: str = "ltr"
    vertical: bool = False


@dataclasses.dataclass
class Document:
    name: str
    layout: Layout
    blocks: list

    def truth(self):
        """What is scored, as plain values: see `score.Truth`."""
        blocks = []
        for block in self.blocks:
            one = {"kind": block.kind, "text": block.plain(), "float": block.is_float}
            if block.kind in ("heading", "item"):
                one["level"] = block.level
            if block.rows:
                one["rows"] = block.rows
            blocks.append(one)
            if block.beside:
                blocks.append({"kind": "sidenote", "text": block.beside, "float": True})
            for part in block.parts:
                if isinstance(part, Note):
                    blocks.append({"kind": "note", "text": f"{part.mark} {part.text}", "float": True})
        heads = [text for text in (*self.layout.heads, *self.layout.feet, *self.layout.alternate) if text.strip("-% ")]
        if self.layout.section_heads:
            heads += [block.text for block in self.blocks if block.kind == "heading" and block.level == 1]
        fields = sum(1 for text in (*self.layout.heads, *self.layout.feet) if text.strip("-% ")) + self.layout.section_heads
        return {"blocks": blocks, "heads": sorted(set(heads)), "heads_per_page": fields, "first_heads": self.layout.first_heads}


class Writer:
    """Makes up a document's blocks."""

    def __init__(self, seed, notes=0.0, tables=0.0, lists=0.0, code=0.0, figures=0.0, quotes=0.0, depth=2, symbol_marks=False,
                 cells=(3, 5), formulas=0.0, side_notes=0.0, wrapped=False, rotated=False, floating=0.0,
                 long_cells=False, words=None):
        self.random = random.Random(seed)
        self.prose = words(self.random) if words else prose.Prose(self.random)
        self.is_english = words is None
        self.rates = {"table": tables, "list": lists, "code": code, "figure": figures, "quote": quotes, "formula": formulas}
        # A rate of 0 draws no number, so that a new rate leaves the documents of a seed as they were.
        self.rates = {kind: rate for kind, rate in self.rates.items() if rate > 0}
        self.notes, self.depth, self.symbol_marks, self.cells = notes, depth, symbol_marks, cells
        self.side_notes, self.wrapped, self.rotated, self.floating = side_notes, wrapped, rotated, floating
        self.long_cells = long_cells
        self.note_count = self.table_count = self.figure_count = 0

    def note(self):
        self.note_count += 1
        mark = ["*", "†", "‡"][(self.note_count - 1) % 3] if self.symbol_marks else str(self.note_count)
        return Note(mark, " ".join(self.prose.sentences(1, 2)))

    def paragraph(self, low=2, high=7):
        sentences, parts = self.prose.sentences(low, high), []
        for sentence in sentences:
            parts.append(sentence)
            if self.random.random() < self.notes / len(sentences):
                parts.append(self.note())
        block = Block("paragraph", parts=parts)
        if self.side_notes and self.random.random() < self.side_notes:
            block.beside = self.prose.title(4, 5) if self.random.random() < 0.5 else self.prose.sentence()
        return block

    def list(self, nested=True):
        ordered, count = self.random.random() < 0.5, self.random.randint(3, 6)
        items = []
        for number in range(1, count + 1):
            items.append(Block("item", self.prose.item(), level=1, mark=f"{number}." if ordered else ""))
            if nested and self.random.random() < 0.15:
                for inner in range(self.random.randint(2, 3)):
                    items.append(Block("item", self.prose.item(), level=2, mark=f"({'abc'[inner]})" if ordered else ""))
        items[0].first = items[-1].last = True
        return items

    def label(self):
        return self.random.choice(prose.NOUNS).capitalize()[:9] if self.is_english else self.prose.noun()

    def table(self):
        columns = self.random.randint(*self.cells)
        rows = [[self.label() for _ in range(columns)]]
        for _ in range(self.random.randint(4, 9)):
            row = [self.random.choice(prose.PLACES[:20]) if self.is_english else self.prose.noun()]
            for _ in range(columns - 1):
                number = self.random.randint(1, 9999)
                row.append(f"{number / 100:.2f}" if self.random.random() < 0.5 else str(number))
            if self.long_cells:
                row[-1] = self.prose.item() if not rows[1:] or len(rows) % 3 else self.prose.sentence()
            rows.append(row)
        self.table_count += 1
        caption = Block("caption", f"Table {self.table_count}. {self.prose.title(3, 5)}.")
        table = Block("table", rows=rows, ruled=self.random.random() < 0.5)
        if self.rotated:
            self.rotated = False
            caption.is_float = table.is_float = table.rotated = caption.rotated = True
        elif self.floating and self.random.random() < self.floating:
            caption.is_float = table.is_float = True
        return [caption, table]

    def figure(self):
        self.figure_count += 1
        block = Block("caption", f"Figure {self.figure_count}. {self.prose.sentence()}", is_float=True)
        block.wrapped, block.wide = self.wrapped, bool(self.floating) and self.random.random() < 0.3
        return block

    def formula(self):
        """One line of single letters and numbers, so that its tokens have but one order."""
        pick = self.random.choice
        left, operands = pick("pqrstuvw"), [pick("abcdexyz") if self.random.random() < 0.7 else str(self.random.randint(2, 99))
                                            for _ in range(self.random.randint(2, 5))]
        text = f"{left} = {operands[0]}"
        for operand in operands[1:]:
            text += f" {pick('+-')} {operand}"
        return Block("formula", text)

    def references(self, count):
        blocks = [Block("heading", "References", level=1, mark="")]
        for number in range(1, count + 1):
            names = " and ".join(f"{self.random.choice('ABCDEFGHJKLM')}. {self.random.choice(prose.NAMES)}"
                                 for _ in range(self.random.randint(1, 3)))
            first = self.random.randint(3, 600)
            text = (f"{names}. {self.prose.title(4, 5)}. Journal of {self.random.choice(prose.NOUNS).capitalize()}, "
                    f"{self.random.randint(2, 60)}:{first}–{first + self.random.randint(2, 30)}, {self.random.randint(1920, 1999)}.")
            blocks.append(Block("reference", text, mark=f"[{number}]"))
        return blocks

    def section(self, number, paragraphs, level=1, prefix=""):
        mark = f"{prefix}{number}"
        blocks = [Block("heading", self.prose.title(), level=level, mark=f"{mark}.")]
        for index in range(paragraphs):
            blocks.append(self.paragraph())
            for kind, rate in self.rates.items():
                if self.random.random() >= rate:
                    continue
                if kind == "table":
                    blocks += self.table()
                elif kind == "list":
                    blocks += self.list()
                elif kind == "code":
                    blocks.append(Block("code", "\n".join(self.prose.code(3, 7))))
                elif kind == "figure":
                    blocks.append(self.figure())
                elif kind == "formula":
                    blocks.append(self.formula())
                else:
                    blocks.append(Block("quote", " ".join(self.prose.sentences(2, 3))))
        if level < self.depth:
            for inner in range(1, self.random.randint(1, 3)):
                blocks += self.section(inner, max(2, paragraphs // 2), level + 1, f"{mark}.")
        return blocks

    def front(self):
        if not self.is_english:
            return [Block("title", self.prose.title(4, 5)), Block("author", self.prose.noun())]
        return [Block("title", self.prose.title(5, 5)),
                Block("author", f"{self.random.choice('ABCDEFGH')}. {self.random.choice(prose.NAMES)}")]

    def letter(self, name, layout, paragraphs):
        """A letter: addresses and a date line by line, the sender's at the right."""
        pick, number = self.random.choice, self.random.randint
        sender, reader = f"{pick('ABCDEFGH')}. {pick(prose.NAMES)}", f"{pick('JKLMNPRS')}. {pick(prose.NAMES)}"
        blocks = [
            Block("lines", f"{sender}\n{number(2, 99)} {pick(prose.NOUNS).capitalize()} Lane\n{pick(prose.PLACES)}", level=1),
            Block("lines", f"{reader}\n{pick(prose.NOUNS).capitalize()} Office\n{number(2, 99)} {pick(prose.NOUNS).capitalize()} Road\n"
                  f"{pick(prose.PLACES)}"),
            Block("lines", f"{number(1, 28)} {pick(['March', 'June', 'October'])} {number(1921, 1998)}", level=1),
            Block("lines", f"Dear {reader},")]
        for _ in range(paragraphs):
            blocks.append(self.paragraph())
            if self.random.random() < self.rates.get("list", 0):
                blocks += self.list(nested=False)
        blocks += [Block("lines", f"Yours sincerely,\n{sender}", level=1), Block("lines", f"Enclosures: {self.prose.title(4, 4)}")]
        return Document(name, layout, blocks)

    def document(self, name, layout, sections, paragraphs, abstract=True):
        blocks = self.front()
        if abstract:
            blocks += [Block("abstract", "Abstract"), Block("paragraph", parts=self.prose.sentences(3, 5))]
        for number in range(1, sections + 1):
            blocks += self.section(number, paragraphs)
        if not layout.numbered:
            for block in blocks:
                if block.kind == "heading":
                    block.mark = ""
        return Document(name, layout, blocks)
