"""Expands pdfium's templates of PDFs (`.in`): offsets and lengths are left out of them."""

import re

MARK = re.compile(rb"\{\{(\w+)([^}]*)\}\}?")


def expanded(data):
    """The PDF, or None where the template includes another file."""
    if b"{{include" in data:
        return None
    out = bytearray()
    offsets = {}
    start = 0
    place = 0
    for mark in MARK.finditer(data):
        out += data[place:mark.start()]
        place = mark.end()
        kind, words = mark[1], mark[2].split()
        if kind == b"header":
            out += b"%PDF-1.7\n%\xa0\xf2\xa4\xf4"
        elif kind == b"object":
            offsets[int(words[0])] = (len(out), int(words[1]))
            out += b"%s %s obj" % (words[0], words[1])
        elif kind == b"streamlen":
            body = re.search(rb"stream\r?\n(.*?)\r?\nendstream", data[place:], re.DOTALL)
            out += b"/Length %d" % (len(body[1]) if body else 0)
        elif kind == b"xref":
            start = len(out)
            out += b"xref\n0 %d\n0000000000 65535 f \n" % (max(offsets, default=0) + 1)
            for number in range(1, max(offsets, default=0) + 1):
                out += b"%010d %05d n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
        elif kind == b"trailer":
            out += b"trailer <<\n  /Root 1 0 R\n  /Size %d\n>>" % (max(offsets, default=0) + 1)
        elif kind == b"trailersize":
            out += b"/Size %d" % (max(offsets, default=0) + 1)
        elif kind == b"startxref":
            out += b"startxref\n%d" % start
        elif kind == b"startxrefobj":
            out += b"startxref\n%d" % offsets.get(int(words[0]), (0, 0))[0]
    return bytes(out + data[place:])
