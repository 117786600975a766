"""A wrong answer gets the diagnosis of the mistake that gives the same results."""

import sys

import numpy as np
import pytest

from minidl.checking import (
    Check,
    Exercise,
    Mistake,
    Mistakes,
    ask,
    expect,
    expect_close,
    expect_same,
)
from minidl.checking.collecting import differs_already

CALLS = []


def double(x):
    return 2 * x


def check_double(answer):
    for x in (np.array([1.0, 4.0]), np.array([1.0, 3.0]), np.array([1.0, 5.0])):
        expect_close(ask(answer, x), 2 * x, what="the double", given=f"x[1] = {x[1]:g}")
    for x in (5.0, 6.0):
        expect_close(ask(answer, x), 2 * x, what="the double of a number")
    expect(answer is not sum, "sum", "No sums.")


def counted(x):
    CALLS.append(x)
    return 2 * x + 1


SQUARE = Mistake("square", lambda x: x**2, "That is the square.")
MISTAKES = Mistakes(
    Mistake("nameless", lambda x: x + 7),
    SQUARE,
    Mistake("one-more", counted, "One too much."),
    Mistake("number-lost", lambda x: 2 * x if np.ndim(x) else 0.0, "Numbers count, too."),
    Mistake("flat", lambda x: (2 * x).sum(), "Each number by itself."),
    Mistake("raises", lambda x: 1 / 0, "Never reached."),
)


def graded(answer, mistakes=MISTAKES):
    return checked_by(check_double, *mistakes)(answer)


def checked_by(check, *mistakes):
    parts = {"name": "test/double", "title": "Doubling", "hints": ("Think.",)}
    known = Mistakes(*mistakes)
    return Check(Exercise(check=check, solution=double, mistakes=known, **parts))


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
    def sevens(*where):
        return lambda x: 0 * x + 7 if np.ndim(x) and x[1] in where else 2 * x

    mistakes = Mistakes(Mistake("sevens", sevens(3, 4), "All are 7."))
    assert graded(sevens(3, 4), mistakes).diagnosis == "sevens"
    assert graded(sevens(3, 5), mistakes).diagnosis == "values"


@pytest.mark.parametrize("where", [3, 4, 5])
def test_one_wrong_result_is_not_enough_to_name_a_mistake(where):
    """The planted code errs in the same single place: what it says may be true only there."""

    def seven(x):
        return 0 * x + 7 if np.ndim(x) and x[1] == where else 2 * x

    outcome = graded(seven, Mistakes(Mistake("seven", seven, "All are 7.")))
    assert outcome.diagnosis == "values"
    assert outcome.text.startswith("The double is not right. For x[1]")


PLAIN = Mistake("plain", None, "Twice x is wanted.")


def test_the_diagnosis_that_a_comparison_names_needs_two_wrong_results_too():
    both = checked_by(check_twice)
    assert both(lambda x: 3 * x).diagnosis == "plain"
    assert both(lambda x: 3 * x if x == 0.3 else 2 * x).diagnosis == "values"


def check_twice(answer):
    expect_close(ask(answer, 0.3), 0.6, what="the double", diagnosis=PLAIN)
    if differs_already():  # a further example, where it is wanted
        expect_close(ask(answer, 0.4), 0.8, what="the double", diagnosis=PLAIN)


def test_the_numbers_of_an_elementwise_result_are_inputs_of_their_own():
    def check(answer):
        x = np.array([1.0, 2.0, 3.0])
        expect_same(answer, double, (x,), elementwise=True)

    graded = checked_by(check, SQUARE)
    assert graded(lambda x: x**2).diagnosis == "square"  # wrong at 1 and at 3
    assert graded(lambda x: np.where(x == 3, 9, 2 * x)).diagnosis == "values"


def test_the_same_input_twice_is_one_input():
    def check(answer):
        expect_same(answer, double, (3.0,), (3.0,))

    assert checked_by(check, SQUARE)(lambda x: x**2).diagnosis == "values"


def test_a_mistake_may_err_on_some_inputs_and_explain_others():
    def square_of_columns(x):
        return x @ x if x.shape == (2, 2) else 1 / 0

    inputs = [np.eye(2) * 3, np.ones((3, 2)), np.array([[0.0, 1.0], [2.0, 0.0]])]

    def check(answer):
        expect_same(answer, double, *((x,) for x in inputs))

    product = Mistake("product", square_of_columns, "That is the product.")
    graded = checked_by(check, product)
    assert graded(lambda x: np.dot(x, x)).diagnosis == "product"


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
        assert len(asked) == 5


@pytest.mark.parametrize("later", [lambda: 1 / 0, lambda: None, lambda: "no", sys.exit])
def test_what_comes_after_a_wrong_result_does_not_change_the_verdict(later):
    assert graded(lambda x: x**2 if np.ndim(x) else later()).diagnosis == "square"


def test_a_verdict_that_is_no_comparison_stays():
    assert graded(lambda x: None).status == "not attempted"
    assert graded(lambda x: [0.0]).diagnosis == "not-an-array"


def test_an_unknown_diagnosis_is_refused():
    with pytest.raises(KeyError, match=r"expected one of nameless, square.*received circle"):
        MISTAKES["circle"]
