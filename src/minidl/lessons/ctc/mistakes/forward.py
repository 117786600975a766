"""Mistakes that learners make in "One moment of the recursion"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def step_with(
    may_jump=lambda s, states: s >= 2 and states[s] not in (0, states[s - 2]),
    add=np.logaddexp.reduce,
    said=lambda log_probs, s, states: log_probs[states[s]],
    stays=True,
    moves=lambda s: s >= 1,
):
    """Return a step that differs from the right one in what is given."""

    def step(before, log_probs, states):
        now = np.zeros(len(states))
        for s in range(len(states)):
            origins = [before[s]] if stays else []
            if moves(s):
                origins.append(before[s - 1])
            if may_jump(s, states):
                origins.append(before[s - 2])
            now[s] = said(log_probs, s, states) + (add(origins) if origins else -np.inf)
        return now

    return step


def through_probabilities(values):
    with np.errstate(divide="ignore"):
        return np.log(np.sum(np.exp(values)))


def one_after_the_other(before, log_probs, states):
    now = before.copy()
    for s, said in enumerate(states):
        origins = [now[s]]
        if s >= 1:
            origins.append(now[s - 1])
        if s >= 2 and said not in (0, states[s - 2]):
            origins.append(now[s - 2])
        now[s] = log_probs[said] + np.logaddexp.reduce(origins)
    return now


OVER_BLANKS = (
    "Equal letters need the blank between them, or they are read as one: no jump from a letter to "
    "the same letter."
)
OVER_LETTERS = "This jumps from blank to blank, and so leaves a letter out: it is never read."
MISTAKES = Mistakes(
    Mistake("jumps-to-itself", step_with(lambda s, states: s >= 2 and states[s] != 0), OVER_BLANKS),
    Mistake(
        "jumps-over-letters",
        step_with(lambda s, states: s >= 2 and (states[s] == 0 or states[s] != states[s - 2])),
        OVER_LETTERS,
    ),
    Mistake(
        "jumps-always",
        step_with(lambda s, states: s >= 2),
        f"A path may jump over a blank only, and only between different letters. {OVER_BLANKS}",
    ),
    Mistake(
        "never-jumps",
        step_with(lambda s, states: False),
        "Between two different letters no blank is needed: a path may jump over it.",
    ),
    Mistake(
        "jumps-at-equals",
        step_with(lambda s, states: s >= 2 and states[s] != 0 and states[s] == states[s - 2]),
        "The other way round: the jump is for letters that differ.",
    ),
    Mistake(
        "never-stays", step_with(stays=False), "A path may also stay in its state: `before[s]`."
    ),
    Mistake(
        "never-moves",
        step_with(moves=lambda s: False),
        "A path may also come from the state just before: `before[s - 1]`.",
    ),
    Mistake(
        "wraps-around",
        step_with(moves=lambda s: True),
        "For s = 0, `before[s - 1]` is `before[-1]`, the last number: the first state has none "
        "before it.",
    ),
    Mistake(
        "wraps-around",
        step_with(lambda s, states: states[s] not in (0, states[s - 2])),
        "For s = 1, `before[s - 2]` is `before[-1]`, the last number: there is nothing two before "
        "the second state.",
    ),
    Mistake(
        "wraps-around",
        step_with(lambda s, states: states[s] != states[s - 2]),
        "A negative index counts from the end: the first and the second state have none two "
        "before them.",
    ),
    Mistake(
        "wraps-around",
        step_with(lambda s, states: states[s] != states[s - 2], moves=lambda s: True),
        "A negative index counts from the end, and so does `np.roll`: the first state has none "
        "before it, the second none two before it.",
    ),
    Mistake(
        "wraps-around",
        step_with(lambda s, states: states[s] not in (0, states[s - 2]), moves=lambda s: True),
        "A negative index counts from the end: the first state has none before it, the second "
        "none two before it.",
    ),
    Mistake(
        "adds-logarithms",
        step_with(add=np.sum),
        "The sum of logarithms is the logarithm of a product. Here probabilities are added: "
        "`np.logaddexp`.",
    ),
    Mistake(
        "takes-the-best",
        step_with(add=np.max),
        "This follows the likeliest path only. All paths count: `np.logaddexp`.",
    ),
    Mistake(
        "takes-the-mean",
        step_with(add=lambda origins: np.logaddexp.reduce(origins) - np.log(len(origins))),
        "A sum of the probabilities, not their mean.",
    ),
    Mistake(
        "underflows",
        step_with(add=through_probabilities),
        "`np.exp` of −3000 is 0, and its logarithm −∞: stay with logarithms, `np.logaddexp` never "
        "leaves them.",
    ),
    Mistake(
        "forgets-the-moment",
        step_with(said=lambda log_probs, s, states: 0.0),
        "What the network says at this moment is missing: `log_probs[states[s]]`.",
    ),
    Mistake(
        "subtracts-the-moment",
        step_with(said=lambda log_probs, s, states: -log_probs[states[s]]),
        "The logarithm of a product is a sum: add `log_probs[states[s]]`.",
    ),
    Mistake(
        "state-for-class",
        step_with(said=lambda log_probs, s, states: log_probs[s % len(log_probs)]),
        "The class that state s stands for is `states[s]`: `log_probs[states[s]]`.",
    ),
    Mistake(
        "probability-for-logarithm",
        step_with(said=lambda log_probs, s, states: np.exp(log_probs[states[s]])),
        "All numbers are logarithms, so `log_probs[states[s]]` is added as it is.",
    ),
    Mistake(
        "as-probabilities",
        lambda before, log_probs, states: np.exp(step_with()(before, log_probs, states)),
        "Stay with logarithms: the next moment wants them.",
    ),
    Mistake(
        "reads-what-it-wrote",
        one_after_the_other,
        "A state's new number is used for the next state of the same moment: write into a new "
        "array, and read from `before`.",
    ),
    Mistake("values", step_with(add=lambda origins: np.logaddexp.reduce(origins) + 0.1)),
)
