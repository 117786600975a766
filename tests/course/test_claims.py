"""Sentences are tied to cells: a changed seed stops the build, and the sentence is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from course import build
from course.claims import figures_of, read_claims, tied_and_given, without_claims
from course.errors import BuildError
from tests.course.helpers import FIRST, write_course

SENTENCE = "In all it makes\n2.5, and half of it is 1.25. A day has 24 hours.\n"
CLAIMS = """
% total = 2 * x
% "makes 2.5": 2.4 < total < 2.6
% "half of it is 1.25":
%     abs(total / 2 - 1.25) < 0.1
% "24 hours" given: history
"""
CELL = "```{code-cell} ipython3\nx = 1.25\n```\n\n"
LESSON = FIRST.replace("A word", f"{CELL}{SENTENCE}{CLAIMS}\nA word")


def test_a_true_claim_leaves_no_trace_in_the_notebook(tmp_path: Path) -> None:
    write_course(tmp_path, first=LESSON)
    assert build.main(["first"], root=tmp_path) == 0
    notebook = (tmp_path / "notebooks" / "01_first.ipynb").read_text(encoding="utf-8")
    assert "makes" in notebook
    assert "total" not in notebook
    assert "prove" not in notebook


def test_a_false_claim_stops_the_build_and_names_the_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_course(tmp_path, first=LESSON.replace("x = 1.25", "x = 1.35"))
    assert build.main(["first"], root=tmp_path) == 1
    message = capsys.readouterr().err
    assert 'course/first.md, line 10 says "In all it makes 2.5, and half of it is' in message
    assert "2.4 < total < 2.6 is false; total is 2.7" in message
    assert not (tmp_path / "notebooks" / "01_first.ipynb").exists()


def test_readers_see_no_claims() -> None:
    assert without_claims(LESSON) == LESSON.replace(CLAIMS, "")
    assert without_claims("A.\n\n% b = 1\n\n\n% c = 2\n% d = 3\n\nE.\n") == "A.\n\nE.\n"


def test_every_figure_is_tied_given_or_neither() -> None:
    tied, given, neither = tied_and_given(LESSON.replace("A word", "A 7"), "it")
    assert [line.partition(" in: ")[0].rpartition(": ")[2] for line in tied] == [
        "'2.5'",
        "'half'",
        "'1.25'",
    ]
    assert (len(given), len(neither)) == (1, 1)


def test_a_claim_may_quote_several_phrases_on_several_lines() -> None:
    (claim,) = read_claims(
        f'{CELL}{SENTENCE}\n% "makes 2.5",\n%     "is 1.25":\n%     x > 1\n', "it"
    )
    assert (len(claim.spans), claim.code) == (2, "x > 1")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1,000 points, 0 or 1, and 2.5", ["1,000", "2.5"]),
        ("a fifth of ½, and three times twice", ["½", "three times", "twice"]),
        ("ten seeds, thirty points, nineteen of six", ["ten", "thirty", "nineteen"]),
        ("how many times, rate times epochs", []),
        ("$1.5 x^2$ and `7`", ["1.5"]),
    ],
)
def test_figures_are_numbers_and_words_for_shares_and_multiples(
    text: str, figures: list[str]
) -> None:
    assert [text[start:stop] for start, stop in figures_of(text)] == figures


@pytest.mark.parametrize(
    ("claim", "complaint"),
    [
        ('% "makes 3.5": x > 1', "expected a sentence above that says 'makes 3.5'"),
        ('% "makes 2.5": 2 < 3', "expected an expression that a cell could make false"),
        ('% "makes 2.5" given:', "expected a reason"),
        ("% makes", 'expected % "words'),
    ],
)
def test_a_claim_that_proves_nothing_is_refused(claim: str, complaint: str) -> None:
    with pytest.raises(BuildError, match="it, line") as error:
        read_claims(f"{CELL}{SENTENCE}\n{claim}\n", "it")
    assert complaint in str(error.value)
