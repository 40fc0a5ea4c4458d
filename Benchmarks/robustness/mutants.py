"""Mutates PDFs: in their bytes, their numbers and names, and within their compressed streams."""

import re
import zlib

NUMBER = re.compile(rb"\d+")
NAME = re.compile(rb"/[A-Za-z0-9]+")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
NUMBERS = [b"0", b"1", b"-1", b"255", b"65535", b"65536", b"2147483647", b"-2147483648", b"4294967295", b"1e38", b"99999999999999999999"]
NAMES = [
    b"/FlateDecode", b"/LZWDecode", b"/ASCIIHexDecode", b"/ASCII85Decode", b"/RunLengthDecode", b"/DCTDecode",
    b"/JPXDecode", b"/JBIG2Decode", b"/CCITTFaxDecode", b"/Crypt", b"/Type0", b"/Type1", b"/Type3", b"/TrueType",
    b"/CIDFontType2", b"/Identity-H", b"/Form", b"/Image", b"/Pages", b"/Page", b"/Kids", b"/Parent", b"/Contents",
    b"/Resources", b"/ToUnicode", b"/Encoding", b"/Length", b"/W", b"/Widths", b"/MediaBox", b"/Prev", b"/Root",
]
SNIPPETS = [b"<<", b">>", b"[", b"]", b"(", b")", b"BT ", b" ET ", b" Do ", b" Tj ", b" q " * 50, b" 1 0 R ", b"endobj", b"stream\n", b"[" * 2000]


def mutant(data, other, chance):
    """A mutant of `data`, with pieces of `other`."""
    for _ in range(chance.choice([1, 1, 2, 3, 8])):
        if chance.random() < 0.4:
            data = in_stream(data, other, chance)
        else:
            data = mutated(data, other, chance)
    return data


def mutated(data, other, chance):
    out = bytearray(data)
    place = chance.randrange(len(out) + 1) if out else 0
    size = int(2 ** chance.uniform(0, 12))
    kind = chance.randrange(9)
    if kind == 0:
        for _ in range(chance.choice([1, 4, 32])):
            if out:
                out[chance.randrange(len(out))] = chance.randrange(256)
    elif kind == 1:
        del out[place:place + size]
    elif kind == 2:
        out[place:place] = out[place:place + size] * chance.choice([1, 2, 50])
    elif kind == 3:
        start = chance.randrange(len(other) + 1)
        out[place:place + chance.choice([0, size])] = other[start:start + size]
    elif kind == 4:
        del out[place:]
    elif kind in (5, 6):
        replace(out, NUMBER, chance.choice(NUMBERS), chance)
    elif kind == 7:
        replace(out, NAME, chance.choice(NAMES), chance)
    else:
        out[place:place] = chance.choice(SNIPPETS)
    return bytes(out)


def replace(out, pattern, text, chance):
    found = list(pattern.finditer(out))
    if found:
        match = chance.choice(found)
        out[match.start():match.end()] = text


def in_stream(data, other, chance):
    """Mutates what a compressed stream holds, and mends its length."""
    streams = [match for match in STREAM.finditer(data) if match[1][:1] == b"x"]
    if not streams:
        return mutated(data, other, chance)
    match = chance.choice(streams)
    try:
        plain = zlib.decompressobj().decompress(match[1], 1 << 20)
    except zlib.error:
        return mutated(data, other, chance)
    packed = zlib.compress(mutated(plain, other, chance))
    head = data[:match.start(1)]
    at = head.rfind(b"/Length ")
    if at >= 0 and len(head) - at < 300:
        head = head[:at] + re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head[at:], count=1)
    return head + packed + b"\n" + data[match.end(1):]
