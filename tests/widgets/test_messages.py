"""Errors in a few words."""

from __future__ import annotations

from minidl.widgets.messages import short_error


def learners_function():
    return undefined_name  # noqa: F821


def test_the_line_of_the_learners_own_code_is_named():
    try:
        learners_function()
    except NameError as error:
        text = short_error(error)
    assert text.startswith("NameError: name 'undefined_name' is not defined (line ")
    assert text.endswith("of learners_function)")


def test_a_message_of_several_lines_becomes_one():
    assert short_error(ValueError("one\n  two")) == "ValueError: one two"


def test_an_error_without_a_message_still_says_its_kind():
    assert short_error(ZeroDivisionError()) == "ZeroDivisionError"
