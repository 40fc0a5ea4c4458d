"""Typesets documents from HTML, with Chromium (tagged PDF) and WeasyPrint."""

import html
import os
import pathlib
import subprocess
import tempfile

from documents import Note

FONTS = {"T": "'Liberation Serif', 'DejaVu Serif', serif", "H": "'Liberation Sans', 'DejaVu Sans', sans-serif",
         "J": "'Noto Serif CJK JP', serif", "S": "'DejaVu Sans', sans-serif"}
DRAWING = '<svg width="120" height="60"><path d="M4 50 L60 8 L116 40 M20 30 h40" stroke="black" fill="none"/></svg>'


def band(prefix, texts):
    out = ""
    for place, text in zip(("left", "center", "right"), texts):
        if text:
            content = " counter(page) ".join(f'"{part}"' for part in text.split("%"))
            out += f"@{prefix}-{place} {{ content: {content}; font-size: 8pt }} "
    return out


def style(layout):
    width = {"a4": 8.27, "letter": 8.5}[layout.paper]
    head = "@top-center { content: string(section); font-size: 8pt } " if layout.section_heads else band("top", layout.heads)
    out = [f"@page {{ size: {layout.paper}; margin: 0.9in {(width - layout.width) / 2:.2f}in; {head}{band('bottom', layout.feet)} }}"]
    if layout.alternate:
        out.append(f"@page :left {{ {band('top', ('', '', ''))}{band('top', layout.alternate)} }}")
    if layout.section_heads:
        out.append("h2 { string-set: section content() }")
    columns = f"columns: {layout.columns}; column-gap: {layout.gutter}in;" if layout.columns > 1 else ""
    out += [f"body {{ font: {layout.size}pt/{layout.leading} {FONTS[layout.family]}; margin: 0 }}",
            f"main {{ {columns} text-align: {'justify' if layout.justified else 'start'}; hyphens: auto }}",
            "p { margin: 0; " + ("text-indent: 1.2em }" if layout.indent else "margin-block-end: 0.7em }"),
            "header { text-align: center; margin-bottom: 1em } h1, h2, h3, h4 { text-align: start; break-after: avoid }",
            "pre { font: 8pt 'DejaVu Sans Mono', monospace; text-align: left; hyphens: none }",
            "figure { margin: 0.8em 0; text-align: center }",
            "table { border-collapse: collapse; margin: 0.6em auto; hyphens: none; break-inside: avoid }",
            "td, th { padding: 1pt 5pt; text-align: right }",
            "td:first-child, th:first-child, td.long { text-align: left } .grid td, .grid th { border: 0.5pt solid black }",
            ".lines th { border-bottom: 1pt solid black } .bands tr:nth-child(even) { background: #ddd } th { font-weight: bold }",
            "ol ol { list-style-type: lower-alpha } td.long { width: 40% }",
            ".wrapped { float: right; width: 38%; margin: 4pt 0 4pt 12pt } aside { float: right; width: 34%; border: 1pt solid black; "
            "padding: 4pt; margin: 4pt 0 4pt 12pt; font-size: 85%; text-align: start; text-indent: 0 }",
            ".note { float: footnote; text-indent: 0 } .formula { text-align: center; margin: 0.6em }"]
    if layout.columns > 1:
        out.append(".wrapped, aside { float: none; width: auto; margin: 6pt 0 }")
    if layout.vertical:
        out.append("html { writing-mode: vertical-rl }")
    return "\n".join(out)


def table(block, number):
    kind = ("bands" if number % 3 == 0 else "plain") if not block.ruled else ("grid" if number % 2 else "lines")
    out = [f'<table class="{kind}">']
    for index, row in enumerate(block.rows):
        tag = "th" if index == 0 else "td"
        out.append("<tr>")
        for cell in row:
            out.append(f"<{tag}{' class=long' if len(cell) > 24 else ''}>{html.escape(cell)}</{tag}>")
        out.append("</tr>")
    return "\n".join([*out, "</table>"])


def source(document):
    layout = document.layout
    out = [f'<!DOCTYPE html><html lang="{layout.language}" dir="{layout.direction}"><head><meta charset="utf-8">',
           f"<title>{html.escape(document.blocks[0].text)}</title><style>{style(layout)}</style></head><body><header>"]
    lists, in_main, tables = [], False, 0

    def close(level):
        while len(lists) > level:
            out.append(f"</li></{lists.pop()}>")
    for block in document.blocks:
        if block.kind == "item":
            if block.first and block.level == 1:
                close(0)
            close(block.level)
            if len(lists) == block.level:
                out.append("</li>")
            else:
                lists.append("ol" if block.mark else "ul")
                out.append(f"<{lists[-1]}{' type=a' if block.mark.startswith('(') else ''}>")
            out.append(f"<li>{html.escape(block.text)}")
            continue
        close(0)
        if not in_main and block.kind not in ("title", "author"):
            in_main = True
            out.append("</header><main>")
        if block.kind == "title":
            out.append(f"<h1 style='text-align: center'>{html.escape(block.text)}</h1>")
        elif block.kind == "author":
            out.append(f"<p>{html.escape(block.text)}</p>")
        elif block.kind == "abstract":
            out.append(f"<h2>{html.escape(block.text)}</h2>")
        elif block.kind == "heading":
            out.append(f"<h{block.level + 1}>{html.escape(f'{block.mark} {block.text}'.strip())}</h{block.level + 1}>")
        elif block.kind == "paragraph":
            if block.beside:
                out.append(f"<aside>{html.escape(block.beside)}</aside>")
            text = ""
            for part in block.parts:
                if isinstance(part, Note):
                    text += f'<span class="note">{html.escape(part.text)}</span>'
                else:
                    text += " " * bool(text) + html.escape(part)
            out.append(f"<p>{text}</p>")
        elif block.kind == "quote":
            out.append(f"<blockquote>{html.escape(block.text)}</blockquote>")
        elif block.kind == "formula":
            out.append(f'<p class="formula">{html.escape(block.text)}</p>')
        elif block.kind == "code":
            out.append(f"<pre>{html.escape(block.text)}</pre>")
        elif block.kind == "table":
            tables += 1
            out.append(table(block, tables))
        elif block.is_float:
            name = "wrapped" if block.wrapped else "drawn"
            out.append(f"<figure class='{name}'>{DRAWING}<figcaption>{html.escape(block.text)}</figcaption></figure>")
        else:
            out.append(f"<p style='text-align: center; break-after: avoid; margin-top: 0.5em'>{html.escape(block.text)}</p>")
    close(0)
    return "\n".join([*out, "</main></body></html>"])


def typeset(document, folder):
    """Writes NAME.html and NAME.pdf into the folder."""
    path = folder / f"{document.name}.html"
    path.write_text(source(document), encoding="utf-8")
    out = path.with_suffix(".pdf")
    if document.layout.engine == "weasyprint":
        import weasyprint
        weasyprint.HTML(filename=str(path)).write_pdf(str(out))
        return
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={home}/profile",
             f"--print-to-pdf={out}", pathlib.Path(path).as_uri()], capture_output=True, env={**os.environ, "HOME": home}, timeout=120)
    if done.returncode != 0 or not out.exists():
        raise RuntimeError(f"chromium cannot print {path}: {done.stderr.decode(errors='replace')[-500:]}")
