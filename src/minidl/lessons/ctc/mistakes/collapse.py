"""Mistakes that learners make in "What a path reads as"."""

import re
from itertools import groupby, pairwise

from minidl.checking.mistake import Mistake, Mistakes


def merged(path):
    return "".join(said for said, _ in groupby(path))


def without_updating(path):
    label, before = "", "-"
    for said in path:
        if said not in ("-", before):
            label += said
            before = said
    return label


def from_the_second(path):
    label = ""
    for before, said in pairwise(path):
        if said not in ("-", before):
            label += said
    return label


def ends_of_runs(path):
    label = ""
    for said, after in pairwise(path):
        if said not in ("-", after):
            label += said
    return label


def from_the_last(path):
    places = (i for i in range(len(path)) if path[i] != path[i - 1])
    return "".join(path[i] for i in places).replace("-", "")


ORDER = (
    "Two equal letters with a blank between them are two letters. Merge equal neighbours first, "
    "and only then leave the blanks out."
)
MISTAKES = Mistakes(
    Mistake("blanks-first", lambda path: merged(path.replace("-", "")), ORDER),
    Mistake("blanks-first", without_updating, ORDER),
    Mistake(
        "no-merging",
        lambda path: path.replace("-", ""),
        "The blanks are gone, but equal neighbours are still to be merged.",
    ),
    Mistake("keeps-blanks", merged, "Neighbours are merged, but the blanks are still there."),
    Mistake(
        "each-letter-once",
        lambda path: "".join(dict.fromkeys(path.replace("-", ""))),
        "A letter may come back later. Only equal neighbours are one.",
    ),
    Mistake(
        "each-letter-once",
        lambda path: "".join(sorted(set(path) - {"-"})),
        "A letter may come back, and the order counts. Only equal neighbours are one.",
    ),
    Mistake(
        "loses-the-first",
        from_the_second,
        "The first moment has none before it, and counts unless it is a blank.",
    ),
    Mistake(
        "wraps-around",
        from_the_last,
        "For i = 0, `path[i - 1]` is `path[-1]`, the last moment: the first has none before it.",
    ),
    Mistake(
        "pairs-only",
        lambda path: re.sub(r"(.)\1", r"\1", path).replace("-", ""),
        "Of three equal neighbours two are left: merge as many as there are.",
    ),
    Mistake(
        "loses-the-last",
        ends_of_runs,
        "The last moment has none after it, and counts unless it is a blank.",
    ),
    Mistake(
        "strips-the-ends",
        lambda path: merged(path.strip("-")),
        "The blanks at both ends are gone; those in between are still there.",
    ),
    Mistake(
        "no-text",
        lambda path: list(merged(path).replace("-", "")),
        'Expected a text such as "TA", for the path "{path}"; received {kind}. '
        'Of a list, `"".join(letters)` makes a text.',
    ),
    Mistake("values", lambda path: merged(path).replace("-", "")[::-1]),
)
