"""The check of "Many layers in one" on answers that are nearly right."""

from __future__ import annotations

import pytest

from minidl.exercises import exercise
from minidl.lessons.neurons.mistakes.collapse import bias_in_place


def next_bias_added_to(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W = W @ next_W
        next_b += b @ next_W
        b = next_b
    return W, b


def list_emptied(layers):
    W, b = layers.pop(0)
    while layers:
        next_W, next_b = layers.pop(0)
        W, b = W @ next_W, b @ next_W + next_b
    return W, b


@pytest.mark.parametrize("answer", [bias_in_place, next_bias_added_to, list_emptied])
def test_an_answer_that_changes_what_it_is_given_is_told_so(answer):
    outcome = exercise("neurons/collapse")(answer)
    assert outcome.diagnosis == "changes-its-input"
    assert "expected" not in outcome.text


def test_a_wrong_answer_is_shown_the_layers_that_it_was_given():
    outcome = exercise("neurons/collapse")(lambda layers: layers[0])
    assert "W₁ = [[1, 2], [0, -2]], b₁ = [[1, 2]], W₂ = [[1, 0], [3, 2]]" in outcome.text


def test_no_check_after_a_changing_answer_suffers_from_it():
    exercise("neurons/collapse")(bias_in_place)
    solution = {}
    exec(str(exercise("neurons/collapse").solution()), solution)
    assert exercise("neurons/collapse")(solution["collapse"]).right
