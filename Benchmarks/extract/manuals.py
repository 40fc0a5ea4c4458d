"""Debian's manuals that are shipped as PDF and as HTML or EPUB: the truth is the text of the HTML in its order, without navigation.

It is not exact. The PDF has a title page, a table of contents and an index that the HTML has otherwise or not at all, so that 1 is out
of reach; every tool loses the same.
"""

import dataclasses
import gzip
import html.parser
import json
import pathlib
import posixpath
import re
import sys
import urllib.parse
import zipfile

import corpus


@dataclasses.dataclass
class Manual:
    name: str
    pdf: str
    pdf_package: str
    text: str  # the HTML's first page, or an EPUB
    text_package: str


R = "usr/share/R/doc/manual/"
MANUALS = [
    *[Manual(name, f"{R}{name}.pdf", "r-doc-pdf", f"{R}{name}.html", "r-doc-html")
      for name in ("R-intro", "R-data", "R-lang", "R-ints", "R-admin", "R-exts", "R-FAQ")],
    Manual("developers-reference", "usr/share/developers-reference/developers-reference.pdf", "developers-reference",
           "usr/share/developers-reference/developers-reference.epub", "developers-reference"),
    Manual("debian-policy", "usr/share/doc/debian-policy/policy.pdf.gz", "debian-policy",
           "usr/share/doc/debian-policy/policy.epub", "debian-policy"),
    Manual("ubuntu-packaging-guide", "usr/share/doc/ubuntu-packaging-guide-pdf/ubuntu-packaging-guide.pdf.gz",
           "ubuntu-packaging-guide-pdf", "usr/share/doc/ubuntu-packaging-guide-html/singlehtml/index.html", "ubuntu-packaging-guide-html"),
    Manual("why3", "usr/share/doc/why3-doc-pdf/manual.pdf", "why3-doc-pdf", "usr/share/doc/why3-doc-html/html/index.html", "why3-doc-html"),
    Manual("maint-guide", "usr/share/doc/maint-guide/maint-guide.en.pdf", "maint-guide",
           "usr/share/doc/maint-guide/html/index.en.html", "maint-guide"),
    Manual("debian-faq", "usr/share/doc/debian/FAQ/debian-faq.en.pdf.gz", "debian-faq",
           "usr/share/doc/debian/FAQ/index.en.html", "debian-faq"),
    Manual("debian-reference", "usr/share/debian-reference/debian-reference.en.pdf", "debian-reference-en",
           "usr/share/debian-reference/index.en.html", "debian-reference-en"),
    Manual("bash", "usr/share/doc/bash/bashref.pdf", "bash-doc", "usr/share/doc/bash/bashref.html", "bash-doc"),
]

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SKIP_TAGS = {"head", "script", "style", "nav", "svg", "math", "select"}
SKIP_CLASSES = {
    "navheader", "navfooter", "header", "nav-panel", "toc", "list-of-tables", "list-of-examples", "contents", "contents_element",
    "section-toc", "short-contents", "shortcontents", "mini-toc", "sphinxsidebar", "related", "footer", "headerlink", "copiable-link",
    "toctree-l1", "toctree-l2", "header-navigation", "header-content", "region-contents", "index-cp", "index-vr", "index-fn",
    "printindex-index-entries", "cp-entries-printindex", "footnotes-heading", "menu", "minimenu",
}
BLOCKS = {
    "p", "div", "section", "article", "body", "ul", "ol", "dl", "li", "dt", "dd", "blockquote", "pre", "table", "tr", "td", "th", "thead",
    "tbody", "caption", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "aside", "hr", "address", "center", "main",
}


class Page(html.parser.HTMLParser):
    """The blocks of an HTML page and where its «next» leads."""

    def __init__(self):
        super().__init__()
        self.blocks, self.next = [], None
        self.open, self.text, self.skipped = [], [], 0
        self.lists = self.notes = self.floats = 0
        self.new_note = False
        self.rows, self.tables = None, 0

    def classes(self, attributes):
        return set((dict(attributes).get("class") or "").casefold().split())

    def kind(self):
        for tag, *_ in reversed(self.open):
            if re.fullmatch("h[1-6]", tag):
                return "heading", int(tag[1])
            if tag == "pre":
                return "code", 0
            if tag in ("caption", "figcaption"):
                return "caption", 0
            if tag == "li":
                return "item", self.lists
        return "paragraph", 0

    def flush(self):
        text = "".join(self.text)
        self.text = []
        kind, level = self.kind()
        text = text.strip("\n") if kind == "code" else " ".join(text.split())
        if not text.strip():
            return
        if self.tables:
            if self.rows and self.rows[-1]:
                self.rows[-1][-1] = f"{self.rows[-1][-1]} {text}".strip()
        elif self.notes:
            if self.blocks and self.blocks[-1]["kind"] == "note" and not self.new_note:
                self.blocks[-1]["text"] += " " + text
            else:
                self.blocks.append({"kind": "note", "text": text, "float": True})
            self.new_note = False
        else:
            # In print, tables and figures that have a caption float.
            block = {"kind": "caption" if self.floats else kind, "text": text, "float": self.floats > 0}
            if level:
                block["level"] = level
            self.blocks.append(block)

    def handle_starttag(self, tag, attributes):
        names = self.classes(attributes)
        values = dict(attributes)
        if tag in ("link", "a") and "next" in (values.get("rel") or "").split() and not self.next:
            self.next = values.get("href")
        if tag in VOID:
            if tag == "br" and not self.skipped:
                self.text.append("\n" if any(open == "pre" for open, *_ in self.open) else " ")
            elif tag == "hr":
                self.flush()
            return
        if tag in BLOCKS:
            self.flush()
        is_skipped = tag in SKIP_TAGS or bool(names & SKIP_CLASSES) or values.get("role") in ("navigation", "doc-toc")
        is_notes = tag in ("div", "dl", "aside", "table") and bool(names & {"footnote", "footnotes", "footnotes-segment"})
        is_float = "table" in names and tag == "div" or "figure" in names
        self.open.append((tag, is_skipped, is_notes, is_float))
        self.skipped += is_skipped
        self.notes += is_notes
        self.floats += is_float
        if is_notes or self.notes and (tag in ("dt", "h5", "h4") or any("footnote" in name for name in names)):
            self.new_note = True
        if tag in ("ul", "ol"):
            self.lists += 1
        if tag == "table" and not self.notes:
            self.tables += 1
            if self.tables == 1:
                self.rows = []
        if self.tables == 1 and self.rows is not None:
            if tag == "tr":
                self.rows.append([])
            elif tag in ("td", "th") and self.rows:
                self.rows[-1].append("")

    def handle_endtag(self, tag):
        if tag in VOID or not any(open == tag for open, *_ in self.open):
            return
        if tag in BLOCKS:
            self.flush()
        while True:
            open, was_skipped, was_notes, was_float = self.open.pop()
            self.skipped -= was_skipped
            self.notes -= was_notes
            self.floats -= was_float
            if open in ("ul", "ol"):
                self.lists -= 1
            if open == "table" and self.tables and not self.notes:
                self.tables -= 1
                if not self.tables:
                    self.table()
            if open == tag:
                return

    def table(self):
        rows, self.rows = [row for row in self.rows or [] if any(row)], None
        if not rows or self.skipped:
            return
        block = {"kind": "table", "text": "\n".join("\t".join(row) for row in rows), "float": self.floats > 0}
        if len(rows) > 1 and max(map(len, rows)) > 1:
            block["rows"] = rows
        else:
            block["kind"] = "paragraph"  # a frame around something
        self.blocks.append(block)

    def handle_data(self, data):
        if not self.skipped:
            self.text.append(data)


def read(markup):
    page = Page()
    page.feed(markup)
    page.flush()
    return page


def pages_of(first):
    """The pages of a manual from its first one, by their links to the next."""
    path, seen, result = first, set(), []
    while path and path.exists() and path not in seen:
        seen.add(path)
        page = read(path.read_text(encoding="utf-8", errors="replace"))
        result.append(page)
        target = urllib.parse.unquote((page.next or "").split("#")[0])
        path = path.parent / target if target and "genindex" not in target and "://" not in target else None
    return result


def epub_pages(path):
    """The pages of an EPUB in the order of its spine."""
    with zipfile.ZipFile(path) as book:
        container = book.read("META-INF/container.xml").decode()
        package = re.search(r'full-path="([^"]+)"', container).group(1)
        content = book.read(package).decode()
        files = {}
        for item in re.findall(r"<item\b[^>]*>", content):
            values = dict(re.findall(r'([\w:-]+)="([^"]*)"', item))
            files[values["id"]] = values["href"]
        result = []
        for reference in re.findall(r'<itemref\b[^>]*\bidref="([^"]+)"', content):
            name = posixpath.join(posixpath.dirname(package), urllib.parse.unquote(files[reference]))
            if not re.search(r"(nav|genindex|search|toc)\.x?html$", name):
                result.append(read(book.read(name).decode("utf-8", errors="replace")))
        return result


def collect(folder):
    """Writes NAME.pdf and NAME.json of each manual into the folder."""
    for manual in MANUALS:
        pdf, text = corpus.unpack(manual.pdf_package) / manual.pdf, corpus.unpack(manual.text_package) / manual.text
        if not pdf.exists() or not text.exists():
            print(f"manuals: {manual.name} is not where it was: {pdf if not pdf.exists() else text}", file=sys.stderr)
            continue
        data = pdf.read_bytes()
        (folder / f"manual-{manual.name}.pdf").write_bytes(gzip.decompress(data) if pdf.suffix == ".gz" else data)
        pages = epub_pages(text) if text.suffix == ".epub" else pages_of(text)
        truth = {"blocks": [block for page in pages for block in page.blocks], "heads": []}
        (folder / f"manual-{manual.name}.json").write_text(json.dumps(truth, ensure_ascii=False))
