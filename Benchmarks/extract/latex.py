"""Typesets documents with pdfLaTeX."""

import re
import subprocess

from documents import Block, Note

FONTS = {
    # Computer Modern in its old encoding sets an accent as a glyph of its own, as most of the papers before 2000 do.
    "cmr": "", "times": r"\usepackage[T1]{fontenc}\usepackage{mathptmx,courier}",
    "palatino": r"\usepackage[T1]{fontenc}\usepackage{mathpazo}", "charter": r"\usepackage[T1]{fontenc}\usepackage{charter}",
    "helvet": r"\usepackage[T1]{fontenc}\usepackage{helvet,courier}\renewcommand{\familydefault}{\sfdefault}",
    "lmodern": r"\usepackage[T1]{fontenc}\usepackage{lmodern}",
}
SPECIAL = {"\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
           "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
SECTIONS = ["", "section", "subsection", "subsubsection"]
CAPTION_LABEL = re.compile(r"^(Table|Figure) \d+\. ")


def escape(text):
    return "".join(SPECIAL.get(letter, letter) for letter in text)


def field(text):
    """A running head or foot; `%` is the page number."""
    return escape(text).replace(r"\%", r"\thepage{}")


def caption(block, command=r"\caption"):
    """LaTeX counts tables and figures itself."""
    return f"{command}{{{escape(CAPTION_LABEL.sub('', block.text))}}}"


def grid(block):
    """A table with a full grid, with three lines across, with one below its head, or without any: a choice by its content."""
    columns = len(block.rows[0])
    rows = [" & ".join(escape(cell) for cell in row) + r" \\" for row in block.rows]
    choice = len("".join(block.rows[-1])) % 2
    if block.ruled and choice:
        spec, rows = "|" + "l|" + "r|" * (columns - 1), [r"\hline"] + [row + r" \hline" for row in rows]
    elif block.ruled:
        spec, rows = "l" + "r" * (columns - 1), [r"\toprule", rows[0], r"\midrule", *rows[1:], r"\bottomrule"]
    else:
        spec = "l" + "r" * (columns - 1)
        if choice:
            rows[0] = " & ".join(rf"\textbf{{{escape(cell)}}}" for cell in block.rows[0]) + r" \\"
    return rf"\begin{{tabular}}{{{spec}}}" + "\n" + "\n".join(rows) + "\n" + r"\end{tabular}"


def picture(width, height):
    """A drawing without text: pict2e draws with lines where LaTeX itself has fonts of arcs and dots."""
    return rf"\fbox{{\begin{{picture}}({width},{height})\put(4,4){{\line(3,1){{{width - 20}}}}}" \
           rf"\multiput(10,8)({width // 6},5){{5}}{{\circle*{{3}}}}\put({width // 2},{height // 2}){{\circle{{18}}}}\end{{picture}}}}"


class Renderer:
    def __init__(self, document):
        self.document, self.layout = document, document.layout
        self.number = int(document.name.rsplit("-", 1)[1])
        # LaTeX's own two columns, or those of multicol.
        self.is_multicol = self.layout.columns == 3 or (self.layout.columns == 2 and self.number % 2 == 1)
        self.lists = []
        self.out = []

    def preamble(self):
        layout, twoside = self.layout, bool(self.layout.alternate)
        options = [f"{layout.paper}paper", f"{max(10, layout.size)}pt"]
        options += ["twocolumn"] * (layout.columns == 2 and not self.is_multicol) + ["twoside"] * twoside
        out = [rf"\documentclass[{','.join(options)}]{{article}}", FONTS[layout.family], r"\usepackage{textcomp,graphicx}",
               rf"\usepackage[textwidth={layout.width}in,top=1in,bottom=1in,marginparwidth=1.05in,columnsep={layout.gutter}in]{{geometry}}",
               r"\usepackage{microtype,ragged2e,pict2e,lettrine,listings,rotating,booktabs,wrapfig,multicol,caption,titlesec,fancyhdr}",
               r"\lstset{basicstyle=\ttfamily\footnotesize,columns=fullflexible,keepspaces=true}", r"\emergencystretch=1em"]
        if self.number % 2 == 0:
            out.append(r"\usepackage[hidelinks]{hyperref}")
        if layout.spaced_headings:
            out.append(r"\titleformat{\section}{\normalfont\large}{\thesection}{1em}{\lsstyle\MakeUppercase}")
        if not layout.numbered:
            out.append(r"\setcounter{secnumdepth}{0}")
        if not layout.indent:
            out.append(r"\setlength{\parindent}{0pt}\setlength{\parskip}{5pt plus 2pt}")
        out += [r"\pagestyle{fancy}\fancyhf{}", r"\renewcommand{\headrulewidth}{" + ("0.4pt" if self.number % 3 == 0 else "0pt") + "}"]
        for place, text in zip("LCR", layout.heads):
            out.append(rf"\fancyhead[{place}{'O' * twoside}]{{{field(text)}}}")
        for place, text in zip("LCR", layout.alternate):
            out.append(rf"\fancyhead[{place}E]{{{field(text)}}}")
        for place, text in zip("LCR", layout.feet):
            out.append(rf"\fancyfoot[{place}]{{{field(text)}}}")
        if layout.section_heads:
            out.append(r"\renewcommand{\sectionmark}[1]{\markboth{#1}{}}\fancyhead[C]{\leftmark}")
        return out

    def close_lists(self, level):
        while len(self.lists) > level:
            self.out.append(rf"\end{{{self.lists.pop()}}}")

    def item(self, block):
        self.close_lists(block.level)
        if len(self.lists) == block.level and block.level == 1 and block.first:
            self.close_lists(0)
        if len(self.lists) < block.level:
            self.lists.append("enumerate" if block.mark else "itemize")
            self.out.append(rf"\begin{{{self.lists[-1]}}}")
        self.out.append(rf"\item {escape(block.text)}")

    def paragraph(self, block, is_first):
        text = ""
        for part in block.parts:
            text += rf"\footnote{{{escape(part.text)}}}" if isinstance(part, Note) else ("\n" if text else "") + escape(part)
            if block.beside and part is block.parts[0]:
                text += rf"\marginpar{{\footnotesize\raggedright {escape(block.beside)}}}"
        word = re.match(r"([^\W\d_])([^\W\d_]+)", text)
        # A drop capital needs text beside it.
        if self.layout.initials and is_first and word and len(text) > 300 and text[0].isascii():
            text = rf"\lettrine{{{word.group(1)}}}{{{word.group(2)}}}" + text[word.end():]
        self.out += [text, ""]

    def figure(self, block):
        height = 40 + len(block.text) % 50
        if block.wrapped:
            self.out += [r"\begin{wrapfigure}{r}{2.2in}\centering", picture(130, height), caption(block), r"\end{wrapfigure}"]
        elif self.is_multicol and not block.wide:
            self.out += [r"\par\noindent\begin{minipage}{\columnwidth}\vspace{6pt}\centering", picture(100, height),
                         caption(block, r"\captionof{figure}"), r"\vspace{6pt}\end{minipage}\par", ""]
        else:
            star = "*" if self.layout.columns > 1 and block.wide or self.is_multicol else ""
            self.out += [rf"\begin{{figure{star}}}[tbp]\centering", picture(180, height), caption(block), rf"\end{{figure{star}}}"]

    def table(self, label, block):
        if block.rotated:
            star = "*" if self.layout.columns > 1 else ""
            self.out += [rf"\begin{{sidewaystable{star}}}\centering", caption(label), grid(block), rf"\end{{sidewaystable{star}}}"]
        elif block.is_float and not self.is_multicol:
            self.out += [r"\begin{table}[tbp]\centering", caption(label), grid(block), r"\end{table}"]
        else:
            # Not a float here, whatever it was meant to be.
            label.is_float = block.is_float = False
            self.out += [r"\par\noindent\begin{minipage}{\columnwidth}\vspace{6pt}\centering", caption(label, r"\captionof{table}"),
                         grid(block), r"\vspace{6pt}\end{minipage}\par", ""]

    def begin(self, abstract, title, author):
        self.out += [rf"\title{{{escape(title.text)}}}\author{{{escape(author.text)}}}\date{{}}", r"\begin{document}"]
        summary = [r"\begin{abstract}", *[escape(part) for part in abstract.parts], r"\end{abstract}"] if abstract else []
        if self.layout.columns == 2 and not self.is_multicol and self.number == 4:
            # An abstract over both columns.
            self.out += [r"\twocolumn[\begin{@twocolumnfalse}\maketitle", *summary, r"\end{@twocolumnfalse}]"]
        else:
            self.out += [r"\maketitle", *summary]
        if self.is_multicol:
            self.out.append(rf"\begin{{multicols}}{{{self.layout.columns}}}")
        if not self.layout.justified or self.layout.columns == 3:
            self.out.append(r"\RaggedRight" + (r"\setlength{\parindent}{1em}" if self.layout.indent else ""))
        if self.layout.contents:
            self.out.append(r"\tableofcontents")

    def source(self):
        blocks = list(self.document.blocks)
        title, author = blocks.pop(0), blocks.pop(0)
        abstract = None
        if blocks[0].kind == "abstract":
            abstract = blocks[1]
            del blocks[:2]
        self.out = self.preamble()
        self.begin(abstract, title, author)
        after_section, label, in_references = False, None, False
        for index, block in enumerate(blocks):
            if block.kind != "item":
                self.close_lists(0)
            if block.kind == "heading" and block.text == "References":
                self.out.append(r"\begin{thebibliography}{99}")
                in_references = True
            elif block.kind == "heading":
                self.out.append(rf"\{SECTIONS[block.level]}{{{escape(block.text)}}}")
            elif block.kind == "paragraph":
                self.paragraph(block, after_section)
            elif block.kind == "quote":
                self.out += [r"\begin{quote}", escape(block.text), r"\end{quote}"]
            elif block.kind == "item":
                self.item(block)
            elif block.kind == "reference":
                self.out.append(rf"\bibitem{{r{index}}} {escape(block.text)}")
            elif block.kind == "formula":
                self.out.append(rf"\[ {block.text} \]")
            elif block.kind == "code":
                kind = "lstlisting" if self.number % 2 else "verbatim"
                self.out += [r"\begingroup\footnotesize", rf"\begin{{{kind}}}", block.text, rf"\end{{{kind}}}", r"\endgroup"]
            elif block.kind == "table":
                self.table(label, block)
            elif block.is_float and not block.text.startswith("Table"):
                self.figure(block)
            if block.kind == "caption":
                label = block
            after_section = block.kind == "heading" and block.level == 1
        self.close_lists(0)
        self.out += [r"\end{thebibliography}"] * in_references + [r"\end{multicols}"] * self.is_multicol + [r"\end{document}"]
        return "\n".join(self.out) + "\n"


def contents(path):
    """What the table of contents says, from the file that LaTeX makes it of."""
    blocks = [Block("heading", "Contents", level=1)]
    for line in path.read_text(encoding="utf-8").splitlines():
        found = re.match(r"\\contentsline \{\w+\}\{(?:\\numberline \{([\d.]*)\})?(.*?)\}\{(\d+)\}", line)
        if found:
            mark, title, page = found.groups()
            blocks.append(Block("contents", f"{title} {page}", mark=mark or ""))
    return blocks


def typeset(document, folder):
    """Writes NAME.tex and NAME.pdf into the folder; the table of contents becomes part of the document."""
    path = folder / f"{document.name}.tex"
    path.write_text(Renderer(document).source(), encoding="utf-8")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "SOURCE_DATE_EPOCH": "946684800", "FORCE_SOURCE_DATE": "1"}
    for _ in range(3):
        done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", path.name], cwd=folder,
                              capture_output=True, env=environment)
        if done.returncode != 0:
            log = done.stdout.decode(errors="replace")
            raise RuntimeError(f"pdflatex cannot typeset {path}:\n{log[-2000:]}")
    if document.layout.contents:
        # Before the first section.
        place = next(index for index, block in enumerate(document.blocks) if block.kind == "heading")
        document.blocks[place:place] = contents(path.with_suffix(".toc"))
