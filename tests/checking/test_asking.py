import linecache
import warnings

import numpy as np
import pytest

from minidl.checking import ask, make
from minidl.checking.verdicts import NotAttempted, WrongAnswer

CELL = """def average(x):
    total = sum(x)
    return total / 0
"""


def diagnosis_of(function, *args, **options):
    with pytest.raises(WrongAnswer) as caught:
        ask(function, *args, **options)
    return caught.value.diagnosis, caught.value.sentence


def cell(source, name, file):
    """Define what a notebook's cell defines, with its lines known as IPython makes them known."""
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names = {"np": np}
    exec(compile(source, file, "exec"), names)
    return names[name]


@pytest.mark.parametrize("file", ["<ipython-input-3-abc>", "/tmp/ipykernel_12/3456.py"])
def test_an_error_is_reported_with_the_line_of_the_cell(file):
    diagnosis, sentence = diagnosis_of(cell(CELL, "average", file), [1, 2])
    assert diagnosis == "raises"
    assert sentence == "Line 3, `return total / 0`, raised ZeroDivisionError: division by zero."


def test_the_line_is_the_learners_even_if_a_library_raised():
    source = "def f(x):\n    y = 2 * x\n    return np.linalg.inv(y)\n"
    _, sentence = diagnosis_of(cell(source, "f", "<ipython-input-1>"), np.zeros((2, 2)))
    assert sentence == "Line 3, `return np.linalg.inv(y)`, raised LinAlgError: Singular matrix."


def test_the_line_is_the_last_of_the_learners():
    source = "def helper(x):\n    return 1 / x\n\ndef f(x):\n    return helper(x)\n"
    _, sentence = diagnosis_of(cell(source, "f", "<ipython-input-2>"), 0)
    assert sentence.startswith("Line 2, `return 1 / x`, raised ZeroDivisionError")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("1 - x^2", "A power is `**`"),
        ("x * (x > 0 & x < 1)", "put each comparison in parentheses"),
        ("x if x > 0 else 0 * x", "try `np.where` and `&`"),
        ("max(x, 0)", "or `np.maximum`"),
        ("np.concatenate(x, x)", "go into one list"),
        ("np.column_stack(x, x)", "go into one list"),
        ("math.exp(x)", "`np.exp`, `np.log` and their kin take whole arrays"),
    ],
)
def test_numpys_own_words_are_followed_by_what_to_try(line, words):
    source = f"import math\ndef f(x):\n    return {line}\n"
    _, sentence = diagnosis_of(cell(source, "f", "<ipython-input-1>"), np.array([0.5, 2.0]))
    assert words in sentence


def test_endless_recursion_is_said_in_plain_words():
    def f(x):
        return f(x)

    diagnosis, sentence = diagnosis_of(f, 1)
    assert diagnosis == "raises"
    assert sentence.endswith(", `return f(x)`, calls itself without end.")


def test_an_exit_is_an_error_but_the_stop_button_works():
    def press_stop():
        raise KeyboardInterrupt

    assert diagnosis_of(exit)[0] == "exits"
    with pytest.raises(KeyboardInterrupt):
        ask(press_stop)


def raise_not_implemented():
    raise NotImplementedError("later")


def test_an_error_of_what_is_not_written_is_no_blank():
    diagnosis, sentence = diagnosis_of(raise_not_implemented)
    assert diagnosis == "not-implemented"
    assert "raised NotImplementedError: later." in sentence


def test_two_ellipses_in_an_index_are_an_error_and_no_blank():
    assert diagnosis_of(lambda x: x[..., ...], np.zeros(3))[0] == "raises"


@pytest.mark.parametrize(
    "blank",
    [
        lambda: None,
        lambda: ...,
        lambda: (..., ...),
        lambda: (np.ones(2), ...),
        lambda: np.array([...]),
        lambda: np.mean(...),
        lambda: np.ones(3) * ...,
    ],
)
def test_blanks_are_not_attempted(blank):
    with pytest.raises(NotAttempted):
        ask(blank)


def test_values_that_merely_look_empty_are_answers():
    for value in (0, 0.0, False, "", [], np.array([]), np.nan):
        result = ask(lambda value=value: value)
        assert type(result) is type(value)
        assert repr(result) == repr(value)


def test_the_function_gets_copies():
    x = np.ones(3)
    seen = []
    ask(lambda a: seen.append(a) or 1, x)
    assert seen[0] is not x


def test_changing_the_input_is_a_fault_and_does_not_reach_it():
    def double(x):
        x *= 2
        return x

    x = np.ones(3)
    assert diagnosis_of(double, x)[0] == "changes-its-input"
    assert x.tolist() == [1, 1, 1]


def test_an_input_with_nan_that_stays_is_unchanged():
    assert ask(lambda x: 1, np.array([np.nan])) == 1


def test_prints_are_swallowed_and_warnings_too(capsys):
    def noisy():
        print("hello")  # noqa: T201
        warnings.warn("careful", stacklevel=1)
        return 1

    assert ask(noisy) == 1
    assert capsys.readouterr().out == ""


def test_a_warning_is_a_fault_where_quiet_is_asked_for():
    x = np.array([-1000.0])
    assert ask(lambda x: 1 / (1 + np.exp(-x)), x) == 0
    diagnosis, sentence = diagnosis_of(lambda x: 1 / (1 + np.exp(-x)), x, quiet=True)
    assert diagnosis == "warns"
    assert sentence == "Your code warned: overflow encountered in exp."


def test_numpys_error_settings_of_the_reader_do_not_matter():
    with np.errstate(all="raise"):
        assert ask(lambda x: np.exp(x), np.array([1000.0])) == np.inf


def test_a_result_in_place_of_the_function_is_said_so():
    diagnosis, sentence = diagnosis_of(np.zeros(2))
    assert diagnosis == "not-a-function"
    assert "pass its name, without parentheses" in sentence


def test_an_object_in_place_of_a_class_is_said_so():
    with pytest.raises(WrongAnswer) as caught:
        make(np.zeros(2))
    assert caught.value.diagnosis == "not-a-class"


def test_make_passes_arguments_on():
    assert make(complex, 1, imag=2) == 1 + 2j
