"""Typesets documents with groff's ms macros."""

import subprocess

from documents import Note


def escape(text):
    """Text as groff reads it: real hyphens stay breakable, lines never start with a request."""
    return text.replace("\\", "\\e").replace("'", "\\(cq").replace("†", "\\(dg").replace("‡", "\\(dd")


def lines(text):
    """A sentence a line, as groff wants it; a leading control character is made harmless."""
    text = escape(text)
    return "\\&" + text if text[:1] in ".'" else text


def head(texts):
    return [escape(text).replace("%", "\\\\n[PN]") for text in texts]


def table(block):
    columns = len(block.rows[0])
    out = [".TS", ("center box tab(|);" if block.ruled else "center tab(|);"),
           " ".join("lB" if index == 0 else "rB" for index in range(columns)),
           " ".join("l" if index == 0 else "r" for index in range(columns)) + "."]
    for number, row in enumerate(block.rows):
        out.append("|".join(escape(cell) for cell in row))
        if number == 0:
            out.append("_")
    return out + [".TE"]


def paragraph(block, request):
    out = [request]
    for part in block.parts:
        if not isinstance(part, Note):
            out.append(lines(part))
            continue
        # The mark stands close to the word before it.
        mark = f"\\*{{{part.mark}\\*}}" if part.mark.isdigit() else escape(part.mark)
        out[-1] += mark
        out += [f".FS {escape(part.mark)}", lines(part.text), ".FE"]
    return out


def item(block):
    out = []
    if block.level == 2:
        mark = block.mark or "\\(em"
        return [".RS", f".IP {mark} 3n", lines(block.text), ".RE"]
    mark = block.mark or "\\(bu"
    out += [f".IP {mark} 3n", lines(block.text)]
    return out


def source(document):
    layout = document.layout
    paper = {"a4": ("21c", "29.7c"), "letter": ("8.5i", "11i")}[layout.paper]
    out = [f".pl {paper[1]}", f".nr PS {layout.size}p", f".nr VS {layout.size * layout.leading:.1f}p", f".nr LL {layout.width}i",
           f".nr LT {layout.width}i", f".nr PO ({paper[0]}-{layout.width}i)/2u", f".fam {layout.family}",
           f".nr FL {layout.width}i*11/12", ".nr PI 2n" if layout.indent else ".nr PI 0"]
    if not layout.numbered:
        out += [".nr GROWPS 3", ".nr PSINCR 1.5p"]  # the level must be seen somehow
    for field, text in zip("LCR", head(layout.heads)):
        out.append(f".ds {field}H {text}")
    for field, text in zip("LCR", head(layout.feet)):
        out.append(f".ds {field}F {text}")
    if layout.alternate:
        # Here "%" itself is the page number.
        for request, texts in ((".OH", layout.heads), (".EH", layout.alternate)):
            out.append(f"{request} '{escape(texts[0])}''{escape(texts[2])}'")
    in_columns = False
    pending_abstract = False
    for block in document.blocks:
        if block.kind == "title":
            out += [".TL", lines(block.text)]
        elif block.kind == "author":
            out += [".AU", lines(block.text)]
        elif block.kind == "abstract":
            out += [".AB"]
            pending_abstract = True
        elif pending_abstract:
            out += [lines(part) for part in block.parts] + [".AE"]
            pending_abstract = False
        else:
            if not in_columns:
                in_columns = True
                if layout.columns > 1:
                    width = (layout.width - layout.gutter * (layout.columns - 1)) / layout.columns
                    out += [".2C"] if layout.columns == 2 else [f".MC {width:.3f}i {layout.gutter}i"]
                if not layout.justified:
                    out += [".LP", ".ad l"]
            if block.kind == "heading":
                if layout.section_heads and block.level == 1:
                    out += [f".ds CH {escape(block.text)}"]
                out += [f".SH {block.level}" if not layout.numbered else ".SH", lines(f"{block.mark} {block.text}".strip())]
            elif block.kind == "paragraph":
                out += paragraph(block, ".PP" if layout.indent else ".LP")
            elif block.kind == "quote":
                out += [".QP", lines(block.text)]
            elif block.kind == "item":
                out += item(block)
            elif block.kind == "table":
                out += [".KS", *table(block), ".KE"] if layout.columns < 3 or len(block.rows[0]) < 4 else table(block)
            elif block.kind == "caption":
                out += [".KF", ".sp 6", lines(block.text), ".KE"] if block.is_float else [".LP", lines(block.text)]
            elif block.kind == "lines":
                # The sender's address, the date and the end stand at the right.
                out += [".DS I 3.4i" if block.level else ".DS L", *[lines(line) for line in block.text.split("\n")], ".DE"]
            elif block.kind == "code":
                out += [".DS I 2n", ".ft CR", *[lines(line).replace("-", "\\-") for line in block.text.split("\n")], ".ft", ".DE"]
    return "\n".join(out) + "\n"


def typeset(document, folder):
    """Writes NAME.ms and NAME.pdf into the folder."""
    path = folder / f"{document.name}.ms"
    path.write_text(source(document), encoding="utf-8")
    width, length = {"a4": ("21c", "29.7c"), "letter": ("8.5i", "11i")}[document.layout.paper]
    done = subprocess.run(["groff", "-k", "-t", "-ms", "-Tpdf", f"-P-p{length},{width}", str(path)], capture_output=True,
                          env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "946684800", "LC_ALL": "C.UTF-8"})
    if done.returncode != 0:
        raise RuntimeError(f"groff cannot typeset {path}: {done.stderr.decode()[:500]}")
    (folder / f"{document.name}.pdf").write_bytes(done.stdout)
    return done.stderr.decode()
