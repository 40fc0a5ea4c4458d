"""Typesets documents with Typst."""

import json

from documents import Note
from latex import CAPTION_LABEL


def text(value):
    """Text as a string of Typst, in which nothing has a meaning of its own."""
    return "#" + json.dumps(value, ensure_ascii=False)


def field(value):
    return "".join(text(part) + "#context counter(page).display()" * (index < value.count("%"))
                   for index, part in enumerate(value.split("%")))


def band(texts):
    return "[" + " #h(1fr) ".join(field(one) for one in texts) + "]"


def head(layout):
    if layout.section_heads:
        return "context { let all = query(heading.where(level: 1)).filter(it => it.location().page() <= here().page())\n" \
               "  if all.len() > 0 { align(center, all.last().body) } }"
    if layout.alternate:
        return f"context if calc.odd(counter(page).get().first()) {band(layout.heads)} else {band(layout.alternate)}"
    return band(layout.heads)


def table(block):
    columns = len(block.rows[0])
    is_grid = len("".join(block.rows[-1])) % 2
    stroke = "none" if not block.ruled else "0.5pt" if is_grid else "(x, y) => if y == 0 { (bottom: 0.5pt) }"
    cells = ", ".join(f"[{text(cell)}]" for row in block.rows for cell in row)
    return f"table(columns: {columns}, align: (x, y) => if x == 0 {{ left }} else {{ right }}, stroke: {stroke}, {cells})"


def listing(items):
    """Items with their depth as nested calls."""
    out, index = [], 0
    while index < len(items):
        block, inner = items[index], []
        index += 1
        while index < len(items) and items[index].level > block.level:
            inner.append(items[index])
            index += 1
        out.append(f"[{text(block.text)}" + (f" #{listing(inner)}" if inner else "") + "]")
    kind = "enum" if items[0].mark else "list"
    numbering = ', numbering: "(a)"' if items[0].mark.startswith("(") else ""
    return f"{kind}({', '.join(out)}{numbering})"


def source(document):
    layout = document.layout
    width, height = (21.0, 29.7) if layout.paper == "a4" else (21.59, 27.94)
    margin = (width - layout.width * 2.54) / 2
    fonts = {"T": "Libertinus Serif", "C": "New Computer Modern", "H": "DejaVu Sans Mono"}
    out = [f"#set page(width: {width}cm, height: {height}cm, margin: (x: {margin:.2f}cm, y: 2.5cm), columns: {layout.columns},",
           f"  header: {head(layout)}, footer: {band(layout.feet)})", f"#set columns(gutter: {layout.gutter}in)",
           f'#set text(font: "{fonts[layout.family]}", size: {layout.size}pt, lang: "en", region: "gb", hyphenate: true)',
           f"#set par(justify: {str(layout.justified).lower()}, first-line-indent: {'1em' if layout.indent else '0em'}, spacing: "
           f"{'0.65em' if layout.indent else '1.1em'})",
           '#set heading(numbering: "1.1.")' if layout.numbered else "",
           "#show figure.where(kind: table): set figure.caption(position: top)"]
    blocks, index, label = document.blocks, 0, None
    front = []
    while blocks[index].kind in ("title", "author"):
        size = 1.7 if blocks[index].kind == "title" else 1.1
        front.append(f"#align(center, text(size: {size}em)[{text(blocks[index].text)}])")
        index += 1
    scope = ', scope: "parent"' if layout.columns > 1 else ""
    out.append("#place(top + center, float: true" + scope + ")[" + "\n".join(front) + "]")
    while index < len(blocks):
        block = blocks[index]
        if block.kind == "abstract":
            out.append(f"#heading(level: 1, numbering: none, outlined: false)[{text(block.text)}]")
        elif block.kind == "heading":
            out.append(f"#heading(level: {block.level})[{text(block.text)}]")
        elif block.kind == "paragraph":
            line = ""
            for part in block.parts:
                line += f"#footnote[{text(part.text)}]" if isinstance(part, Note) else (" " if line else "") + text(part)
            out.append(line)
        elif block.kind == "quote":
            out.append(f"#quote(block: true)[{text(block.text)}]")
        elif block.kind == "item":
            items = [block]
            for following in blocks[index + 1:]:
                if following.kind != "item" or following.first and following.level == 1:
                    break
                index += 1
                items.append(following)
            out.append("#" + listing(items))
        elif block.kind == "code":
            out.append(f"#raw(block: true, {json.dumps(block.text)})")
        elif block.kind == "table":
            place = ", placement: auto" if block.is_float else ""
            out.append(f"#figure({table(block)}, caption: [{text(CAPTION_LABEL.sub('', label.text))}]{place})")
        elif block.kind == "caption" and block.is_float and block.text.startswith("Figure"):
            wide = ', scope: "parent"' if block.wide and layout.columns > 1 else ""
            drawing = f"polygon(stroke: 1pt, (0%, 0pt), (50%, {20 + len(block.text) % 40}pt), (25%, 60pt))"
            out.append(f"#figure({drawing}, caption: [{text(CAPTION_LABEL.sub('', block.text))}], placement: auto{wide})")
        if block.kind == "caption":
            label = block
        out.append("")
        index += 1
    return "\n".join(out) + "\n"


def typeset(document, folder):
    """Writes NAME.typ and NAME.pdf into the folder."""
    import typst
    path = folder / f"{document.name}.typ"
    path.write_text(source(document), encoding="utf-8")
    typst.compile(str(path), output=str(path.with_suffix(".pdf")))
