"""A wrong answer gets the diagnosis of the mistake that gives the same results."""

import sys

import numpy as np
import pytest

from minidl.checking import Check, Exercise, Mistake, Mistakes, ask, expect, expect_close

CALLS = []


def double(x):
    return 2 * x


def check_double(answer):
    for x in (np.array([1.0, 4.0]), np.array([1.0, 3.0])):
        expect_close(ask(answer, x), 2 * x, what="the double", given=f"x[1] = {x[1]:g}")
    expect_close(ask(answer, 5.0), 10.0, what="the double of a number")
    expect(answer is not sum, "sum", "No sums.")


def counted(x):
    CALLS.append(x)
    return 2 * x + 1


MISTAKES = Mistakes(
    Mistake("nameless", lambda x: x + 7),
    Mistake("square", lambda x: x**2, "That is the square."),
    Mistake("one-more", counted, "One too much."),
    Mistake("number-lost", lambda x: 2 * x if np.ndim(x) else 0.0, "Numbers count, too."),
    Mistake("flat", lambda x: (2 * x).sum(), "Each number by itself."),
    Mistake("raises", lambda x: 1 / 0, "Never reached."),
)


def graded(answer, mistakes=MISTAKES):
    parts = {"name": "test/double", "title": "Doubling", "hints": ("Think.",)}
    return Check(Exercise(check=check_double, solution=double, mistakes=mistakes, **parts))(answer)


@pytest.mark.parametrize(
    ("answer", "diagnosis"),
    [
        (lambda x: x * x, "square"),
        (lambda x: x + x + 1, "one-more"),
        (lambda x: 2 * x * (np.ndim(x) > 0), "number-lost"),
        (lambda x: np.sum(2 * x), "flat"),
        (lambda x: x + 7, "values"),
        (lambda x: 3 * x, "values"),
    ],
)
def test_a_mistake_is_recognized_by_its_results(answer, diagnosis):
    assert graded(answer).diagnosis == diagnosis


def test_a_recognized_mistake_says_its_sentence_and_the_example():
    text = "That is the square. For x[1] = 4, at [0]: expected 2, received 1."
    assert graded(lambda x: x**2).text == text
    shape = graded(lambda x: (2 * x).sum()).text
    assert shape.startswith("Each number by itself. For x[1] = 4: expected the shape (2,)")


def test_a_mistake_has_to_explain_the_results_on_every_input():
    assert graded(lambda x: x**2 if np.ndim(x) and x[1] == 4 else 5 * x).diagnosis == "values"
    assert graded(lambda x: x**2 if np.ndim(x) and x[1] == 3 else 5 * x).diagnosis == "values"


def test_a_mistake_has_to_explain_the_results_where_they_are_wrong():
    def sevens(where):
        return lambda x: 0 * x + 7 if np.ndim(x) and x[1] == where else 2 * x

    mistakes = Mistakes(Mistake("sevens", sevens(4), "All are 7."))
    assert graded(sevens(4), mistakes).diagnosis == "sevens"
    assert graded(sevens(3), mistakes).diagnosis == "values"


def test_a_mistake_may_differ_in_what_comes_later():
    """The answer squares arrays and is right for numbers; what is said is true of the arrays."""
    assert graded(lambda x: x**2 if np.ndim(x) else 2 * x).diagnosis == "square"


def test_a_mistake_that_errs_earlier_does_not_explain_a_later_result():
    early = Mistakes(Mistake("early", lambda x: 0 * x, "All are 0."))
    assert graded(lambda x: 2 * x if np.ndim(x) else 0.0, early).diagnosis == "values"


def test_a_mistake_is_run_once_however_many_answers_are_wrong():
    for factor in (4, 5, 6):
        graded(lambda x, factor=factor: factor * x)
    count = len(CALLS)
    graded(lambda x: 9 * x)
    assert len(CALLS) == count


def test_an_answer_runs_through_the_check_once_right_or_wrong():
    for factor in (2, 3):
        asked = []
        graded(lambda x, asked=asked, factor=factor: (asked.append(x), factor * x)[1])
        assert len(asked) == 3


@pytest.mark.parametrize("later", [lambda: 1 / 0, lambda: None, lambda: "no", sys.exit])
def test_what_comes_after_a_wrong_result_does_not_change_the_verdict(later):
    assert graded(lambda x: x**2 if np.ndim(x) else later()).diagnosis == "square"


def test_a_verdict_that_is_no_comparison_stays():
    assert graded(lambda x: None).status == "not attempted"
    assert graded(lambda x: [0.0]).diagnosis == "not-an-array"


def test_an_unknown_diagnosis_is_refused():
    with pytest.raises(KeyError, match=r"expected one of nameless, square.*received circle"):
        MISTAKES["circle"]
