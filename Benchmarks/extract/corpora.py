"""The documents of the benchmark: what is made up by a seed and typeset here, in groups that the table has a line for."""

import random

import scripts
from documents import Layout, Writer

# The running heads are words that no text has, but for those that name a section.
TITLES = ["Proceedings of the Peat Society", "Handbook for Keepers of Gauges", "Quarterly Survey of Dykes", "Bulletin on Fens",
          "Annals of Coastal Botany", "Letters on Weirs", "Memoirs of the Lighthouse Board", "Transactions on Sluices"]
SIDES = ["Volume 7", "Chapter notes", "Spring issue", "Report 112", "Draft of May", "Second series"]
HEADS = ["both", "numbered", "centre", "foot", "alternate", "section", "number", "both"]
A_GROUP = 8


def heads(layout, choice, index):
    title, side = TITLES[index % len(TITLES)], SIDES[index % len(SIDES)]
    if choice == "both":
        layout.heads, layout.feet = (title, "", side), ("", "- % -", "")
    elif choice == "numbered":
        layout.heads, layout.feet = (title, "", "%"), ("", "", "")
    elif choice == "centre":
        layout.heads, layout.feet = ("", title, ""), ("", "%", "")
    elif choice == "foot":
        layout.heads, layout.feet = ("", "", ""), (title, "", "Page %")
    elif choice == "alternate":
        layout.heads, layout.feet, layout.alternate = (title, "", "%"), ("", "", ""), ("%", "", side)
    elif choice == "section":
        layout.heads, layout.feet, layout.section_heads = ("", "", ""), ("", "%", ""), True
    elif choice == "number":
        layout.heads, layout.feet = ("", "", ""), ("", "%", "")
    return layout


def groff(seed, columns):
    """Each third document is plain, has notes, or has everything."""
    for index in range(A_GROUP):
        pick = random.Random(f"groff {seed} {columns} {index}")
        layout = Layout(
            columns=columns, paper=pick.choice(["a4", "letter"]), size=pick.choice([9, 10] if columns > 1 else [10, 11]),
            leading=pick.choice([1.15, 1.2, 1.3]), width=pick.choice([5.5, 6.0] if columns == 1 else [6.5, 7.0]),
            gutter=pick.choice([0.2, 0.25, 0.35]), family=pick.choice("TTH"), justified=pick.random() < 0.7,
            indent=pick.random() < 0.6, numbered=pick.random() < 0.7)
        heads(layout, HEADS[index], index + columns)
        rich = index % 3
        writer = Writer(
            f"groff {seed} {columns} {index} text", notes=[0.0, 0.35, 0.25][rich], tables=[0.0, 0.0, 0.2][rich],
            lists=[0.1, 0.1, 0.25][rich], code=0.12 if rich == 2 and columns < 3 else 0.0, figures=[0.0, 0.1, 0.1][rich],
            quotes=0.1, symbol_marks=pick.random() < 0.25, cells={1: (3, 5), 2: (2, 3), 3: (2, 2)}[columns])
        yield writer.document(
            f"groff-{columns}c-{index}", layout, sections=pick.randint(4, 7), paragraphs=pick.randint(4, 7),
            abstract=pick.random() < 0.6)
    if columns == 1:
        yield from letters(seed)


def letters(seed):
    """Two of two or three pages; those of offices have a head on each page."""
    for index in range(2):
        pick = random.Random(f"letters {seed} {index}")
        layout = Layout(paper=pick.choice(["a4", "letter"]), size=11, width=6.0, family="TH"[index], justified=False, indent=False)
        heads(layout, ["foot", "number"][index], index)
        writer = Writer(f"letters {seed} {index} text", lists=0.2)
        yield writer.letter(f"groff-1c-{A_GROUP + index}", layout, paragraphs=pick.randint(8, 14))


def latex(seed, columns):
    """As `groff`, with more of what LaTeX can do; each document has some of it."""
    for index in range(A_GROUP):
        pick = random.Random(f"latex {seed} {columns} {index}")
        layout = Layout(
            columns=columns, paper=pick.choice(["a4", "letter"]), size=pick.choice([10, 11, 12] if columns == 1 else [9, 10]),
            gutter=pick.choice([0.25, 0.3, 0.35]), width=pick.choice([5.0, 5.5] if columns == 1 else [6.5, 7.0]),
            family=["cmr", "times", "palatino", "helvet", "lmodern", "cmr", "times", "charter"][index],
            justified=pick.random() < 0.85, indent=pick.random() < 0.7, numbered=pick.random() < 0.75)
        heads(layout, HEADS[index], index + 3)
        layout.contents = index in (1, 4, 6)
        layout.spaced_headings = index in (2, 7)
        layout.initials = index in (3, 6)
        rich = index % 3
        writer = Writer(
            f"latex {seed} {columns} {index} text", notes=[0.05, 0.3, 0.2][rich], tables=[0.05, 0.1, 0.2][rich],
            lists=[0.1, 0.15, 0.25][rich], code=[0.0, 0.05, 0.12][rich] if columns < 3 else 0.0,
            figures=[0.05, 0.1, 0.15][rich], quotes=0.1, depth=3, cells={1: (3, 6), 2: (2, 4), 3: (2, 2)}[columns],
            formulas=0.1 if rich else 0.0, side_notes=0.12 if columns == 1 and index in (3, 5, 7) else 0.0,
            wrapped=columns == 1 and index in (0, 4), rotated=index in (2, 5) and columns < 3, floating=0.5)
        document = writer.document(
            f"latex-{columns}c-{index}", layout, sections=pick.randint(4, 7), paragraphs=pick.randint(4, 8),
            abstract=pick.random() < 0.8)
        if index % 2:
            document.blocks += writer.references(pick.randint(8, 20))
        yield document


def web(seed):
    """Documents printed from HTML: by Chromium, which tags them, and by WeasyPrint."""
    for index in range(10):
        pick = random.Random(f"web {seed} {index}")
        columns = [1, 1, 2, 2, 1, 1, 2, 3, 1, 3][index]
        layout = Layout(
            columns=columns, paper=pick.choice(["a4", "letter"]), size=pick.choice([9, 10, 11]), leading=pick.choice([1.2, 1.35, 1.5]),
            width=pick.choice([5.5, 6.2]) if columns == 1 else 7.0, gutter=pick.choice([0.25, 0.35]), family=pick.choice("TH"),
            justified=pick.random() < 0.4, indent=pick.random() < 0.3, numbered=pick.random() < 0.4,
            first_heads=True, engine="weasyprint" if index % 2 else "chromium")
        choices = ["both", "section", "numbered", "alternate", "number", "both", "foot", "centre", "centre", "section"]
        heads(layout, choices[index], index + 2)
        writer = Writer(
            f"web {seed} {index} text", notes=0.2 if index in (1, 5) else 0.0, tables=0.2, lists=0.25, code=0.1 if columns < 3 else 0.0,
            figures=0.1, quotes=0.1, wrapped=index in (0, 5), side_notes=0.12 if index in (4, 8) else 0.0, depth=3,
            cells=(2, 4) if columns < 3 else (2, 2), long_cells=index in (0, 1, 4) and columns == 1)
        yield writer.document(
            f"web-{index}", layout, sections=pick.randint(3, 6), paragraphs=pick.randint(3, 6), abstract=pick.random() < 0.4)


def script(seed):
    """Hebrew and Arabic from right to left, Japanese in lines and in columns."""
    for index, (language, columns, engine, vertical) in enumerate([
            ("he", 1, "chromium", False), ("he", 2, "weasyprint", False), ("ar", 1, "weasyprint", False), ("ar", 2, "chromium", False),
            ("ja", 1, "chromium", False), ("ja", 2, "weasyprint", False), ("ja", 1, "chromium", True), ("he", 2, "chromium", False)]):
        pick = random.Random(f"script {seed} {index}")
        layout = Layout(
            columns=columns, size=10, leading=1.5, width=6.0, gutter=0.35, family="J" if language == "ja" else "S", engine=engine,
            justified=pick.random() < 0.5, numbered=pick.random() < 0.5, language=language, vertical=vertical, first_heads=True,
            direction="ltr" if language == "ja" else "rtl")
        heads(layout, "both" if index % 2 else "number", index)
        writer = Writer(
            f"script {seed} {index} text", tables=0.0 if vertical else 0.15, lists=0.2, figures=0.1, quotes=0.1,
            words=lambda random, language=language: scripts.prose(language, random))
        yield writer.document(f"script-{index}-{language}", layout, sections=3, paragraphs=4, abstract=False)


def typst(seed):
    for index in range(6):
        pick = random.Random(f"typst {seed} {index}")
        columns = [1, 2, 3][index % 3]
        layout = Layout(
            columns=columns, paper=pick.choice(["a4", "letter"]), size=pick.choice([9, 10, 11]), width=6.0 if columns == 1 else 7.0,
            gutter=0.25, family=pick.choice("TC"), justified=pick.random() < 0.7, indent=pick.random() < 0.5, numbered=pick.random() < 0.7,
            first_heads=True)
        heads(layout, ["section", "both", "alternate", "numbered", "section", "foot"][index], index + 4)
        writer = Writer(
            f"typst {seed} {index} text", notes=0.25, tables=0.15, lists=0.2, code=0.1 if columns < 3 else 0.0, figures=0.1, quotes=0.1,
            depth=3, cells=(2, 4) if columns < 3 else (2, 2), floating=0.5)
        yield writer.document(
            f"typst-{index}", layout, sections=pick.randint(3, 6), paragraphs=pick.randint(3, 6), abstract=pick.random() < 0.5)
