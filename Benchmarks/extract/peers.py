"""Runs one Python library over PDFs. Reads `[[PDF, folder], …]` as JSON from standard input; each folder gets NAME.txt, with a form
feed behind each page (and NAME.md from a library that writes Markdown): peers.py TOOL."""

import json
import pathlib
import sys


def pymupdf():
    import pymupdf

    def pages(path):
        with pymupdf.open(path) as document:
            for page in document:
                yield page.get_text()
    return pages


def pymupdf4llm():
    import pymupdf4llm

    def pages(path):
        for page in pymupdf4llm.to_markdown(path, page_chunks=True, show_progress=False):
            yield page["text"]
    return pages


def pypdfium2():
    import pypdfium2

    def pages(path):
        document = pypdfium2.PdfDocument(path)
        for page in document:
            yield page.get_textpage().get_text_bounded()
        document.close()
    return pages


def pdfminer():
    from pdfminer.high_level import extract_text

    def pages(path):
        # Ends every page with a form feed itself.
        yield extract_text(path).removesuffix("\f")
    return pages


def pdfplumber():
    import pdfplumber

    def pages(path):
        with pdfplumber.open(path) as document:
            for page in document.pages:
                yield page.extract_text() or ""
                page.close()
    return pages


def poppler():
    import gi
    gi.require_version("Poppler", "0.18")
    from gi.repository import Poppler

    def pages(path):
        document = Poppler.Document.new_from_file(pathlib.Path(path).as_uri(), None)
        for index in range(document.get_n_pages()):
            yield document.get_page(index).get_text()
    return pages


def main():
    pages = {"pymupdf": pymupdf, "pypdfium2": pypdfium2, "pdfminer.six": pdfminer, "pdfplumber": pdfplumber,
             "pymupdf4llm": pymupdf4llm, "poppler-glib": poppler}[sys.argv[1]]()
    for path, folder in json.load(sys.stdin):
        try:
            text = "".join(page + "\f" for page in pages(path))
        except Exception as error:  # a peer that fails has no text for this file
            print(f"{sys.argv[1]}: {path}: {error}", file=sys.stderr)
            text = ""
        stem = pathlib.Path(folder) / pathlib.Path(path).stem
        if sys.argv[1] == "pymupdf4llm":
            stem.with_suffix(".md").write_text(text.replace("\f", "\n"), encoding="utf-8", errors="replace")
        # Lone surrogates come out of broken fonts.
        stem.with_suffix(".txt").write_text(text, encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
