"""Prints where a text differs from the truth: what is lost, moved or added, with page, kind of block and context."""

import collections

import score


def page_tokens(text):
    """(tokens, the page of each), pages being what a form feed ends."""
    found, pages = [], []
    for number, page in enumerate(text.split("\f"), 1):
        here = score.tokens(page)
        found += here
        pages += [number] * len(here)
    return found, pages


def anchors(left, right):
    """Long-document alignment: runs of 6 tokens that stand once in both, in an order that both share."""
    def once(items):
        counts = collections.Counter(tuple(items[i:i + 6]) for i in range(len(items) - 5))
        return {gram for gram, count in counts.items() if count == 1}
    common = once(left) & once(right)
    places = {tuple(right[i:i + 6]): i for i in range(len(right) - 5) if tuple(right[i:i + 6]) in common}
    chain = [(i, places[tuple(left[i:i + 6])]) for i in range(len(left) - 5) if tuple(left[i:i + 6]) in common]
    # The longest increasing run of places.
    import bisect
    tails, tops, back = [], [], [None] * len(chain)
    for index, (_, place) in enumerate(chain):
        spot = bisect.bisect_left(tails, place)
        tails[spot:spot + 1] = [place]
        tops[spot:spot + 1] = [index]
        back[index] = tops[spot - 1] if spot else None
    index, result = (tops[-1] if tops else None), []
    while index is not None:
        result.append(chain[index])
        index = back[index]
    return result[::-1]


def align(left, right):
    """Index pairs of a common subsequence, the longest one in each gap between anchors."""
    result, i0, j0 = [], 0, 0
    for i, j in [*anchors(left, right), (len(left), len(right))]:
        if i < i0 or j < j0:
            continue
        if (i - i0) * (j - j0) <= 60_000_000:
            result += [(i0 + a, j0 + b) for a, b in score.pairs(left[i0:i], right[j0:j])] if i > i0 and j > j0 else []
        if i < len(left):
            result += [(i + k, j + k) for k in range(6)]
        i0, j0 = i + 6, j + 6
    return result


def runs(indices, gap=3):
    """Neighbouring indices as (first, past the last), small holes closed."""
    result = []
    for index in indices:
        if result and index - result[-1][1] < gap:
            result[-1][1] = index + 1
        else:
            result.append([index, index + 1])
    return result


def clip(words, limit=28):
    return " ".join(words) if len(words) <= limit else " ".join(words[:limit // 2]) + " […] " + " ".join(words[-limit // 2:])


def around(words, first, past):
    return clip(words[max(0, first - 6):first], 6) + " [[" + clip(words[first:past]) + "]] " + clip(words[past:past + 6], 6)


def show(name, truth, text, result, limit):
    out, pages = page_tokens(text)
    floats = score.place_floats(truth, out)
    print(f"== {name}: order {result.order:.4f}  F1 {result.f1:.4f}  {len(truth.all)} tokens of truth, {len(out)} of text; "
          f"heads {result.heads}, hyphens {result.hyphens}, glued {result.glued}, notes inside {result.notes_inside}/{result.notes}, "
          f"floats inside {result.floats_inside}/{result.floats}")
    for number, first, past, _ in floats.inside[:limit]:
        print(f"\n!! {truth.floats[number]['kind']} inside a paragraph on p{pages[first]}")
        print("   text:   " + around(out, first, past))
    for number in floats.scattered[:limit]:
        print(f"\n!! {truth.floats[number]['kind']} nowhere in one piece: " + clip(truth.floats[number]["tokens"]))

    # Notes and floats that are read well, or told above, are left out of the comparison.
    left, kinds, owner, number = [], [], [], 0
    for index, block in enumerate(truth.blocks):
        if not block["float"] or number in floats.scattered:
            left += block["tokens"]
            kinds += [block["kind"]] * len(block["tokens"])
            owner += [index] * len(block["tokens"])
        number += block["float"]
    kept = [index for index, is_taken in enumerate(floats.taken) if not is_taken]
    out, pages = [out[index] for index in kept], [pages[index] for index in kept]
    found = align(left, out)
    to_out = dict(found)
    in_left, in_out = set(to_out), {j for _, j in found}
    lost = [i for i in range(len(left)) if i not in in_left]
    extra = [j for j in range(len(out)) if j not in in_out]
    loose = collections.Counter(out[j] for j in extra)
    moved = []
    for i in lost:
        if loose[left[i]]:
            loose[left[i]] -= 1
            moved.append(i)
    moved = set(moved)
    total = collections.Counter(kinds)
    by_kind = collections.Counter((kinds[i], "moved" if i in moved else "missing") for i in lost)
    for (kind, what), count in by_kind.most_common():
        print(f"   {what:8} {count:6} of {total[kind]} tokens of kind {kind}")
    print(f"   extra    {len(extra):6} tokens of the text, {len(extra) - len(moved)} of them nowhere lost")
    by_page = collections.Counter(pages[j] for j in extra)
    print("   pages with most extra or moved tokens: " + ", ".join(f"p{page}: {count}" for page, count in by_page.most_common(10)))

    # Where the lost runs stand in the text, if anywhere.
    places = collections.defaultdict(list)
    for j in range(len(out) - 2):
        places[tuple(out[j:j + 3])].append(j)
    shown = sorted(runs(lost), key=lambda run: run[0] - run[1])[:limit]
    for first, past in sorted(shown):
        before = max((to_out[i] for i in range(max(0, first - 200), first) if i in to_out), default=0)
        page = pages[before] if pages else 0
        hits = collections.Counter()
        for i in range(first, past - 2):
            for j in places.get(tuple(left[i:i + 3]), ())[:2]:
                if j not in in_out:
                    hits[pages[j]] += 1
        where = ", ".join(f"p{p} ({n})" for p, n in hits.most_common(3)) or "nowhere in one piece"
        print(f"\n-- lost {past - first} tokens, {kinds[first]} (block {owner[first]}), expected about p{page}, found: {where}")
        print("   truth:  " + around(left, first, past))
        print("   text:   " + clip(out[max(0, before - 5):before + 1], 6) + " >> " + clip(out[before + 1:before + 25], 24))
    shown = sorted(runs(extra), key=lambda run: run[0] - run[1])[:limit]
    for first, past in sorted(shown):
        print(f"\n++ extra {past - first} tokens on p{pages[first]}")
        print("   text:   " + around(out, first, past))
