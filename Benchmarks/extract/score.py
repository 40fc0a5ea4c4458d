"""Scores a text against the truth: tokens, order, running heads, hyphens, and notes inside paragraphs.

A token is a run of letters or a run of digits, case folded, after NFKC; a CJK character is a token of its own. Punctuation, bullets and
list marks that are no letters do not count, nor does whether a note's mark sticks to its word.

Order is the similarity 2·LCS / (tokens of the truth + tokens of the text), LCS being the longest common subsequence. Notes and floats may
stand between any two blocks: where one is found in one piece it is taken out before the rest is compared, and counts as read where it
does not stand inside a paragraph. Where it does, its tokens count as lost.
"""

import collections
import dataclasses
import re
import unicodedata

from rapidfuzz.distance import LCSseq

TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\d_]+|\d+")
# Hyphens as tools write them: ASCII, U+2010, U+2011, the soft one, and what some tools leave for a hyphen at a line's end.
HYPHEN = "-\u2010\u2011\u00ad\u0002\ufffe"
BROKEN = re.compile(rf"([^\W\d_]+)[{HYPHEN}]\s*([^\W\d_]+)")
COMPOUND = re.compile(rf"[^\W\d_]+(?:[{HYPHEN}][^\W\d_]+)+")


def normalized(text):
    return unicodedata.normalize("NFKC", text).replace("\u2019", "'").casefold()


def tokens(text):
    # Invisible soft hyphens stand inside words; at a line's end they are counted by `hyphens`, and leave two tokens here.
    return TOKEN.findall(re.sub("\u00ad(?=\\w)", "", normalized(text)))


def lcs(left, right):
    """The length of the longest common subsequence. Bit-parallel: a word of 64 tokens at a time."""
    return LCSseq.similarity(left, right)


def pairs(left, right):
    """The index pairs of one longest common subsequence. Memory grows with the product of the lengths."""
    places = collections.defaultdict(int)
    for index, token in enumerate(left):
        places[token] |= 1 << index
    mask = (1 << len(left)) - 1
    row, rows = mask, []
    for token in right:
        match = places.get(token)
        if match is not None:
            kept = row & match
            row = ((row + kept) | (row - kept)) & mask
        rows.append(row)
    result, i, j = [], len(left) - 1, len(right) - 1
    while i >= 0 and j >= 0:
        if rows[j] >> i & 1:
            # Not part of the subsequence here: the left token is skipped.
            i -= 1
        elif j > 0 and not rows[j - 1] >> i & 1:
            j -= 1
        else:
            result.append((i, j))
            i -= 1
            j -= 1
    return result[::-1]


@dataclasses.dataclass
class Truth:
    """What a document says, with what the scores need to know, computed once."""
    blocks: list  # {"kind", "text", "float"}
    heads: list
    expected_heads: int

    def __post_init__(self):
        for block in self.blocks:
            block["tokens"] = tokens(block["text"])
        self.body = [block for block in self.blocks if not block["float"]]
        self.floats = [block for block in self.blocks if block["float"]]
        self.all = [token for block in self.blocks for token in block["tokens"]]
        self.counts = collections.Counter(self.all)
        self.body_tokens = [token for block in self.body for token in block["tokens"]]
        self.owner = [index for index, block in enumerate(self.body) for _ in block["tokens"]]
        text = normalized("\n".join(block["text"] for block in self.blocks))
        self.words = set(TOKEN.findall(text))
        self.compounds = {tuple(re.split(f"[{HYPHEN}]", found.group())) for found in COMPOUND.finditer(text)}
        self.head_tokens = [tokens(head) for head in self.heads]


def occurrences(needle, haystack):
    first, count, length = needle[0], 0, len(needle)
    return sum(1 for index, token in enumerate(haystack) if token == first and haystack[index:index + length] == needle)


def leaked(truth, out):
    """How many running heads and feet the text holds more than the truth does."""
    return sum(max(0, occurrences(head, out) - occurrences(head, truth.all)) for head in truth.head_tokens if head)


def hyphens(truth, text):
    """(words still cut by a hyphen, compounds glued together)."""
    left = 0
    for found in BROKEN.finditer(normalized(text)):
        first, second = found.groups()
        is_compound = any((first, second) == pair for compound in truth.compounds for pair in zip(compound, compound[1:]))
        if first + second in truth.words and not is_compound:
            left += 1
    glued = {"".join(compound) for compound in truth.compounds} - truth.words
    return left, sum(1 for token in tokens(text) if token in glued)


def f1(truth, out):
    common = sum((truth.counts & collections.Counter(out)).values())
    return 2 * common / (len(truth.all) + len(out)) if truth.all or out else 1.0


def find_floats(truth, out):
    """For each note or float that stands in the text in one piece: (its index, first, past the last, tokens matched)."""
    grams = collections.defaultdict(list)
    for index in range(len(out) - 2):
        grams[tuple(out[index:index + 3])].append(index)
    found, taken = [], [False] * len(out)
    for number, block in enumerate(truth.floats):
        needle = block["tokens"]
        votes = collections.Counter()
        for index in range(len(needle) - 2):
            hits = grams.get(tuple(needle[index:index + 3]), [])
            if len(hits) <= 3:
                for hit in hits:
                    votes[hit - index] += 1
        if not votes:
            continue
        start = max(votes, key=lambda offset: (votes[offset], -offset))
        low, high = max(0, start - 4), min(len(out), start + len(needle) + 8)
        matched = pairs(needle, out[low:high])
        if len(matched) < 0.8 * len(needle):
            continue
        first, last = low + matched[0][1], low + matched[-1][1] + 1
        # A stray early match of a frequent word would take in what stands before.
        while len(matched) > 1 and matched[1][1] - matched[0][1] > 3:
            matched = matched[1:]
            first = low + matched[0][1]
        while len(matched) > 1 and matched[-1][1] - matched[-2][1] > 3:
            matched = matched[:-1]
            last = low + matched[-1][1] + 1
        if any(taken[first:last]):
            continue
        taken[first:last] = [True] * (last - first)
        found.append((number, first, last, len(matched)))
    return found, taken


def inside(truth, out, taken, first, last, place):
    """Whether the paragraph that ends before `first` goes on after `last`; the block's index then, else None."""
    before = [index for index in range(max(0, first - 60), first) if not taken[index]][-4:]
    after = [index for index in range(last, min(len(out), last + 60)) if not taken[index]][:4]
    if len(before) < 3 or len(after) < 3:
        return None
    left = place(tuple(out[index] for index in before[-3:]))
    right = place(tuple(out[index] for index in after[:3]))
    if left is None or right is None:
        return None
    block = truth.owner[left + 2]
    if block == truth.owner[right] and right > left and truth.body[block]["kind"] in ("paragraph", "item", "quote", "heading"):
        return block
    return None


@dataclasses.dataclass
class Score:
    f1: float
    order: float
    heads: int
    expected_heads: int
    hyphens: int
    glued: int
    notes: int
    notes_inside: int
    floats: int
    floats_inside: int
    truth_tokens: int
    out_tokens: int


@dataclasses.dataclass
class Floats:
    """Where the notes and floats of the truth are in the text's tokens."""
    read: list  # (number, first, past the last, tokens matched): in one piece, between two blocks
    inside: list  # the same, within a paragraph
    scattered: list  # numbers of those that are nowhere in one piece
    taken: list  # whether a token of the text belongs to one in one piece


def place_floats(truth, out):
    found, taken = find_floats(truth, out)
    grams = collections.defaultdict(list)
    for index in range(len(truth.body_tokens) - 2):
        grams[tuple(truth.body_tokens[index:index + 3])].append(index)

    def place(gram):
        hits = grams.get(gram, [])
        return hits[0] if len(hits) == 1 else None

    result = Floats([], [], [], taken)
    for one in found:
        (result.read if inside(truth, out, taken, one[1], one[2], place) is None else result.inside).append(one)
    places = {number for number, _, _, _ in found}
    result.scattered = [number for number in range(len(truth.floats)) if number not in places]
    return result


def score(truth, text):
    out = tokens(text)
    floats = place_floats(truth, out)
    # What was not found in one piece is compared where the source has it.
    body, number, scattered = [], 0, set(floats.scattered)
    for block in truth.blocks:
        if not block["float"] or number in scattered:
            body += block["tokens"]
        number += block["float"]
    rest = [token for token, is_taken in zip(out, floats.taken) if not is_taken]
    matched = sum(count for _, _, _, count in floats.read) + lcs(body, rest)
    left, glued = hyphens(truth, text)
    kinds = ["note" if block["kind"] in ("note", "sidenote") else "float" for block in truth.floats]
    wrong = collections.Counter([kinds[one[0]] for one in floats.inside] + [kinds[number] for number in floats.scattered])
    total = len(truth.all) + len(out)
    return Score(
        f1=f1(truth, out), order=2 * matched / total if total else 1.0, heads=leaked(truth, out),
        expected_heads=truth.expected_heads, hyphens=left, glued=glued, notes=kinds.count("note"), notes_inside=wrong["note"],
        floats=kinds.count("float"), floats_inside=wrong["float"], truth_tokens=len(truth.all), out_tokens=len(out))
