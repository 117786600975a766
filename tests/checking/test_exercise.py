import re

import numpy as np
import pytest

from minidl.checking import Check, Exercise, expect_same
from minidl.checking.outcome import Message, Outcome, Solution


def double(x):
    return 2 * x


class Doubler:
    factor = 2


def check_double(answer):
    expect_same(answer, double, (np.array([1.0, -2.0]),), elementwise=True)


def task(**changes):
    parts = {
        "name": "test/double",
        "title": "Doubling <x>",
        "check": check_double,
        "solution": double,
        "hints": ("Think.", "Use `*`."),
        "takeaway": "Twice `x` is x + x.",
    }
    return Exercise(**(parts | changes))


def test_a_right_answer_shows_what_to_take_along():
    outcome = Check(task())(lambda x: x + x)
    assert outcome.status == "right"
    assert outcome.right
    assert repr(outcome) == "Right: Doubling <x>\nTwice `x` is x + x."


def test_a_wrong_answer_shows_its_diagnosis_and_an_example():
    outcome = Check(task())(lambda x: x * x)
    assert (outcome.status, outcome.diagnosis, outcome.right) == ("wrong", "values", False)
    assert repr(outcome).startswith("Not right yet: Doubling <x> (values)\n")
    assert repr(outcome).endswith("For x = 1: expected 2, received 1.")


def test_the_cells_below_go_on_with_the_answer_once_it_is_right():
    def own(x):
        return x + x

    check = Check(task())
    assert check.yours_or_ours(own) is own
    assert check.yours_or_ours(lambda x: x * x) is double
    assert check.yours_or_ours(...) is double
    of_parts = Check(task(solution=(Doubler, double)))
    assert of_parts.yours_or_ours(...) is double


def test_a_blank_says_what_to_do():
    for blank in (..., None, lambda x: ...):
        outcome = Check(task())(blank)
        assert outcome.status == "not attempted"
        assert repr(outcome).startswith("Not attempted: Doubling <x>\nNothing to check yet")


def test_a_fault_outside_the_learners_lines_is_ungradable():
    outcome = Check(task(check=np.linalg.inv))("text")
    assert outcome.diagnosis == "ungradable"
    assert "Is your answer what the exercise asks for?" in outcome.text


def test_html_escapes_what_it_shows_and_sets_code():
    html = Check(task())(double)._repr_html_()
    assert "Doubling &lt;x&gt;" in html
    assert "<code>x</code>" in html
    assert "`" not in html


def test_html_leaves_the_pages_text_colour_alone():
    for kind in ("right", "wrong", "not attempted", "hint"):
        html = Message(kind, "a", "b")._repr_html_()
        assert re.findall(r"[^-]color: (\w+)", html) == ["inherit"]


def test_html_and_text_say_the_same_words():
    outcome = Outcome("wrong", "Title", "Sentence.", "name")
    words = re.sub(r"<[^>]+>|[·✗]", " ", outcome._repr_html_()).split()
    assert words == repr(outcome).replace(":", "").split()


def test_hints_come_one_after_another_and_start_again():
    check = Check(task())
    texts = [check.hint().text for _ in range(4)]
    assert texts[:2] == ["Think.", "Use `*`."]
    assert "last" in texts[2]
    assert texts[3] == "Think."
    assert Check(task()).hint().heading.endswith("1 of 2")


def test_solutions_show_their_source():
    assert str(Check(task()).solution()) == "def double(x):\n    return 2 * x"
    both = task(solution=(Doubler, double)).code
    assert both == "class Doubler:\n    factor = 2\n\n\ndef double(x):\n    return 2 * x"
    text = task(solution="    a = 1\n    b = 2\n", answer="b")
    assert text.code == "a = 1\nb = 2"
    assert Solution("a = 1")._repr_markdown_() == "```python\na = 1\n```"


def test_the_answers_name_is_the_solutions():
    assert task().answer == "double"
    assert task(solution=(double, Doubler)).answer == "Doubler"
    assert "call me with double" in repr(Check(task()))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "double"}, "expected a name such as"),
        ({"hints": "Think."}, "expected a tuple of hints"),
        ({"hints": ()}, "expected a tuple of hints"),
        ({"solution": "a = 1"}, "expected answer="),
    ],
)
def test_an_authors_faults_are_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        task(**changes)
