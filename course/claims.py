"""Claims: what a lesson's sentences say, tied to the cells that show it.

A claim is a MyST comment in a lesson's text, below the sentence and below the cells that it needs:

    With ReLU, some three hundredths are left in layer 1.

    % "some three hundredths": 0.02 < arrived["ReLU"][0] < 0.04

It quotes words of a sentence above it, and says in an expression of the lesson's own names what
makes them true. Readers never see it. A claim may quote several phrases, `% "a", "b": ...`, and go
on in lines that begin with `%` and four blanks. `% name = ...` computes something for the claims
that follow. `% "44 years" given: why` says why a figure needs no proof: it is a definition,
mathematics, history, or counted by eye.

    python -m course claims     count the figures in prose: tied to a cell, given, neither
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

if not __package__:  # run as `python course/claims.py`
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from course.errors import BuildError

FENCE = re.compile(r"^(`{3,})(.*)\n(?:.*\n)*?\1[ \t]*$", re.MULTILINE)
ALT = re.compile(r"^:alt: .*$", re.MULTILINE)
COMMENTS = re.compile(r"(?:^%.*\n)+", re.MULTILINE)
STANDING_ALONE = re.compile(r"\n*(?:^%.*\n+)+", re.MULTILINE)
QUOTE = r'"(?:[^"\\]|\\.)*"'
CLAIM = re.compile(rf"({QUOTE}(?:,\s*{QUOTE})*)(?: given)?: ?(.*)", re.DOTALL)
NO_FIGURES = re.compile(  # formulas, names such as L2, and what other tests compare
    r"\$\$.*?\$\$|\bL[12]\b|`[^`]*`|\$[^$]*\$|\*\*Exercise \d|About \d+ minutes"
    r"|\]\([^)]*\)|^---\n.*?^---\n|^#[^\n]*",
    re.MULTILINE | re.DOTALL,
)
DECIMAL = re.compile(r"\d+\.\d+")
WORDS = (  # what says how many or how large a part; the shorter whole numbers are too common
    r"half|halves|quarters?|thirds?|tenths?|(?:hundred|thousand|million|billion)(?:ths?|s)?"
    r"|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|twice|dozen|(?:three|four|five|six|seven|eight|nine) times"
)
FIGURE = re.compile(
    rf"(?!\b[01]\b(?![.,]\d))\d+(?:,\d{{3}})*(?:\.\d+)?|[½¼¾]|\b(?:{WORDS})\b", re.I
)


@dataclass(frozen=True)
class Claim:
    """A claim, or a name for the claims that follow.

    Parameters
    ----------
    line
        Where it stands in the lesson's text, from 1.
    after
        How many code cells stand above it.
    code
        An expression, or an assignment where there are no phrases; empty where it is given.
    spans
        The quoted phrases as places in the text.
    sentences
        The sentences that they stand in, each with its line.
    written
        The code as it stands in the lesson, which each Python writes its own way in `code`.
    """

    line: int
    after: int
    code: str
    spans: tuple[tuple[int, int], ...] = ()
    sentences: tuple[tuple[int, str], ...] = ()
    written: str = ""


def blanked(text: str, pattern: re.Pattern[str], keep: re.Pattern[str] | None = None) -> str:
    """Return a text of the same length, with blanks for what matches but for what is kept."""

    def blank(match: re.Match[str]) -> str:
        kept = {i for m in keep.finditer(match[0]) for i in range(*m.span())} if keep else set()
        return "".join(
            char if char == "\n" or i in kept else " " for i, char in enumerate(match[0])
        )

    return pattern.sub(blank, text)


def prose_of(text: str) -> str:
    """Return a lesson's text, its code and its claims blanked; alternative texts are prose."""
    without_code = blanked(text, FENCE, keep=ALT)
    return blanked(without_code, COMMENTS).partition("\n## References\n")[0]


def without_claims(text: str) -> str:
    """Return a lesson's text as its readers see it."""
    parts, end = [], 0
    code = [match.span() for match in FENCE.finditer(text)]
    for match in STANDING_ALONE.finditer(text):
        if not any(start <= match.start() < stop for start, stop in code):
            parts.append(text[end : match.start()] + "\n\n")
            end = match.end()
    return "".join(parts) + text[end:]


def read_claims(text: str, name: str) -> list[Claim]:
    """Return the claims of a lesson's text in order; `name` is the file's, for errors."""
    prose, comments = prose_of(text), blanked(text, FENCE)
    cells = [m.start() for m in FENCE.finditer(text) if m[2].startswith("{code-cell}")]
    claims = []
    for block in COMMENTS.finditer(comments):
        after = sum(start < block.start() for start in cells)
        for line, source in entries(block[0], first=text.count("\n", 0, block.start()) + 1):
            try:
                claims.append(read_claim(source, line, after, prose[: block.start()]))
            except (BuildError, SyntaxError) as error:
                raise BuildError(f"{name}, line {line}: {error}\n  {source}") from error
    return claims


def entries(block: str, first: int) -> Iterator[tuple[int, str]]:
    """Yield each entry of a block of comments with its line; four blanks go on with the last."""
    start, source = first, ""
    for line, comment in enumerate(block.splitlines(), start=first):
        if source and not comment.startswith("%    "):
            yield start, source
            start, source = line, ""
        source += ("\n" if source else "") + comment[1:].strip()
    yield start, source


def read_claim(source: str, line: int, after: int, above: str) -> Claim:
    """Return a claim, or a name, from what stands behind its %."""
    match = CLAIM.fullmatch(source)
    if not match:
        (statement,) = ast.parse(source).body
        if not isinstance(statement, ast.Assign):
            raise BuildError('expected % "words of a sentence above": what makes them true')
        return Claim(line, after, source, written=source)
    phrases = [ast.literal_eval(quote) for quote in re.findall(QUOTE, match[1])]
    spans = tuple(place_of(phrase, above) for phrase in phrases)
    sentences = tuple(sentence_at(start, above) for start, _ in spans)
    is_given = source[match.end(1) :].startswith(" given:")
    if is_given and not match[2].strip():
        raise BuildError("expected a reason after given:")
    if is_given:
        return Claim(line, after, "", spans, sentences)
    return Claim(line, after, checked(match[2]), spans, sentences, match[2].strip())


def checked(expression: str) -> str:
    """Return an expression in one line, unless nothing that happens could make it false."""
    tree = ast.parse(f"({expression})", mode="eval")
    if not any(isinstance(node, ast.Name) for node in ast.walk(tree)):
        raise BuildError("expected an expression that a cell could make false")
    return ast.unparse(tree)


def place_of(phrase: str, above: str) -> tuple[int, int]:
    """Return where a phrase stands last in the text above, whatever its line breaks."""
    pattern = r"\s+".join(map(re.escape, phrase.split()))
    found = [m.span() for m in re.finditer(rf"(?<!\d){pattern}(?!\d)", above)]
    if not found:
        raise BuildError(f"expected a sentence above that says {phrase!r}")
    return found[-1]


def sentence_at(place: int, text: str) -> tuple[int, str]:
    """Return the sentence at a place in the text, with its line."""
    paragraph = text[:place].rpartition("\n\n")[2]
    sentences = re.finditer(r"\A|\n- |[.?!:]\)?\s+", paragraph)
    start = place - len(paragraph) + max(m.end() for m in sentences)
    stop = re.search(r"[.?!:]\)?(?=\s)|\n\n|\Z", text[place:])
    end = place + (stop.end() if stop else 0)
    return text.count("\n", 0, start) + 1, " ".join(text[start:end].split())


def figures_of(text: str) -> list[tuple[int, int]]:
    """Return the places of the figures in a lesson's prose.

    Figures are digits (but a mere 0 or 1), ½ and its like, numbers in words from ten on, and words
    such as a quarter, twice or four times; in formulas only numbers with a decimal point.
    """
    prose = prose_of(text)
    figures = [m.span() for m in FIGURE.finditer(blanked(prose, NO_FIGURES))]
    formulas = re.finditer(r"\$[^$]*\$", prose)
    return sorted(
        figures
        + [
            (formula.start() + m.start(), formula.start() + m.end())
            for formula in formulas
            for m in DECIMAL.finditer(formula[0])
        ]
    )


def tied_and_given(text: str, name: str) -> tuple[list[str], list[str], list[str]]:
    """Return the figures that claims tie to cells, those that are given, and the others."""
    claims = read_claims(text, name)
    found: tuple[list[str], list[str], list[str]] = ([], [], [])
    for start, stop in figures_of(text):
        of = [c for c in claims if any(first <= start and stop <= last for first, last in c.spans)]
        kind = 0 if any(claim.code for claim in of) else 1 if of else 2
        line, sentence = sentence_at(start, prose_of(text))
        found[kind].append(f"{name}, line {line}: {text[start:stop]!r} in: {sentence}")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many figures each lesson has, and those that are neither tied nor given."""
    from course.lesson import read_outline, text_of

    print("figures in prose     tied   given   neither")
    rows = []
    for chapter in read_outline():
        rows.append(tied_and_given(text_of(chapter), f"course/{chapter.slug}.md"))
        tied, given, others = map(len, rows[-1])
        print(f"{chapter.slug:18s} {tied:6d}  {given:6d}  {others:8d}")
    print("\n".join(line for _, _, others in rows for line in others))
    return 0


if __name__ == "__main__":
    sys.exit(main())
