"""The checks of the lesson "Regularization" on answers that fit one example only."""

import numpy as np
import pytest

from minidl.exercises import exercise
from minidl.lessons.regularization.mistakes.decay import step_with
from minidl.lessons.regularization.mistakes.faulty_dropouts import Dropout, drawing, going_back
from minidl.lessons.regularization.mistakes.faulty_stoppings import stopping
from minidl.lessons.regularization.mistakes.l2 import l2_with, right_gradient, right_value
from minidl.lessons.regularization.mistakes.paired import paired, right_error


@pytest.mark.parametrize(
    "answer",
    [
        paired(lambda d: d.sum() / 4, right_error),
        paired(np.mean, lambda p, o: (p - o).std(ddof=1) / 2),
        paired(np.mean, lambda p, o: np.sqrt(((p - o - (p - o).mean()) ** 2).sum() / 3) / 2),
    ],
)
def test_a_number_of_seeds_that_is_written_out_is_refused(answer):
    outcome = exercise("regularization/paired")(answer)
    assert outcome.diagnosis == "n-hard-coded"
    assert "Right for 4 seeds" in outcome.text


def test_a_mean_difference_below_0_keeps_its_sign():
    outcome = exercise("regularization/paired")(paired(lambda d: abs(d.mean()), right_error))
    assert outcome.diagnosis == "sign"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (drawing(lambda self, shape: (self.rng.random(shape) < 0.75) / 0.75), "keeps 75%"),
        (drawing(lambda self, shape: (self.rng.random(shape) < 0.75) / self.keep_prob), "75%"),
        (drawing(lambda self, shape: (self.rng.random(shape) < self.keep_prob) / 0.75), "the kept"),
        (drawing(lambda self, shape: (self.rng.random(shape) > 0.25) / self.keep_prob), "75%"),
        (going_back(lambda self, grad: grad * (self.mask != 0) / 0.75), "the gradient"),
    ],
)
def test_a_keep_probability_that_is_written_out_is_refused(answer, words):
    def in_evaluation_too(self, grad):
        return answer.backward(self, grad) if self.training else grad

    outcome = exercise("regularization/dropout")(type("MyDropout", (answer,), {
        "backward": in_evaluation_too,
    }))  # fmt: skip
    assert outcome.diagnosis == "keep-hard-coded"
    assert words in outcome.text


def test_right_dropout_is_right():
    assert exercise("regularization/dropout")(Dropout).right


def test_a_rate_that_is_written_out_is_refused():
    by_heart = l2_with(lambda W, lam: 0.05 * np.sum(W**2), right_gradient)
    assert exercise("regularization/l2")(by_heart).status == "wrong"
    by_heart = l2_with(right_value, lambda W, lam: 0.1 * W)
    assert exercise("regularization/l2")(by_heart).status == "wrong"


@pytest.mark.parametrize("rate", [0.02, 0.1, 0.3, 2.5])
def test_a_rate_that_is_written_out_is_not_told_of_a_root(rate):
    by_heart = l2_with(lambda W, lam: rate / 2 * np.sum(W**2), right_gradient)
    outcome = exercise("regularization/l2")(by_heart)
    assert outcome.diagnosis == ("rate-by-heart" if rate == 0.1 else "values")
    assert "root" not in outcome.text


@pytest.mark.parametrize("shape", [lambda s: (1, *s[1:]), lambda s: (s[0], *[1 for _ in s[1:]])])
def test_one_mask_for_all_is_told_as_such(shape):
    answer = drawing(
        lambda self, whole: (
            (self.rng.random(shape(whole)) < self.keep_prob) / self.keep_prob * np.ones(whole)
        )
    )
    assert exercise("regularization/dropout")(answer).diagnosis == "one-mask-for-all"


def test_a_parameter_is_called_by_its_name():
    outcome = exercise("regularization/decay")(step_with(lambda W, g, lr, damping: W - lr * g))
    assert outcome.diagnosis == "no-decay"
    assert "For fc1.W, lr = 0.1" in outcome.text


@pytest.mark.parametrize("margin", [0.009, 1e-4, 1e-6])
def test_any_lower_loss_is_better(margin):
    hesitant = stopping(better=lambda self, loss: loss < self.best - margin)
    assert exercise("regularization/stopping")(hesitant).status == "wrong"


@pytest.mark.parametrize("start", [0.0, 0.5, 1.0, 3.0, 1e6])
def test_a_best_loss_starts_from_no_number(start):
    assert exercise("regularization/stopping")(stopping(start=start)).status == "wrong"
