"""Hostile answers in the lesson on CTC that no change of one place makes."""

from itertools import groupby

import numpy as np

from minidl.lessons.ctc.solutions import collapse, forward_step


def for_two_letters(path):
    return collapse(path) if set(path) <= set("-AB") else collapse(path)[:2]


def at_most_ten(path):
    return collapse(path)[:10]


def without_case(path):
    return collapse(path).lower()


def long_runs_are_two(path):
    runs = [(said, len(list(run))) for said, run in groupby(path)]
    return "".join(said * (2 if n > 3 else 1) for said, n in runs if said != "-")


class Text(str):
    pass


def cut_off(before, log_probs, states):
    return np.maximum(forward_step(np.maximum(before, -700), log_probs, states), -1e4)


def finite(before, log_probs, states):
    return np.maximum(forward_step(before, log_probs, states), -1e30)


def repeats_at_the_start_only(before, log_probs, states):
    other = states.copy()
    if len(states) > 5 and states[-2] == states[-4]:
        other[-2], log_probs = len(log_probs), np.append(log_probs, log_probs[states[-2]])
    return forward_step(before, log_probs, other)


def in_few_bits(before, log_probs, states):
    return forward_step(before.astype(np.float32), log_probs.astype(np.float32), states)


WRITTEN = {
    "collapse": {
        "two letters": for_two_letters,
        "ten letters": at_most_ten,
        "lower case": without_case,
        "long runs": long_runs_are_two,
        "a text that is none": lambda path: Text(collapse(path)),
        "right text in a list": lambda path: [collapse(path)],
    },
    "forward": {
        "underflow beyond 700": cut_off,
        "no minus infinity": finite,
        "a repeat at the end": repeats_at_the_start_only,
        "float32": in_few_bits,
    },
}
