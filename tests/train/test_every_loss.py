"""Each loss trains a small model through the Runner: its gradient leads down, in batches too."""

import numpy as np
import pytest

from minidl import losses
from minidl.losses import Loss
from minidl.nn import Linear, Logistic, LogSoftmax, Sequential, Softplus
from minidl.numerics import softmax
from minidl.op import Op
from minidl.optim import SGD
from minidl.train import Runner
from minidl.train.arrays import NUMBERS_AT_ONCE
from tests.contracts.loss_cases import ABSTRACT
from tests.contracts.walking import classes_in

N = 24
rng = np.random.default_rng(0)
X, OTHER, THIRD = rng.standard_normal((3, N, 4))
CLASS = X[:, :3].argmax(axis=1)
POSITIVE = (X[:, :2] > 0).astype(float)
SIGN = 2 * POSITIVE - 1
SEVERAL = np.where(POSITIVE > 0, [0, 1], -1)
NUMBERS = X[:, :2] - 2 * X[:, 2:]


class TimeFirst(Op):
    """(N, T, C) → (T, N, C), as CTC takes it."""

    def forward(self, x):
        return x.transpose(1, 0, 2)

    def backward(self, grad):
        return grad.transpose(1, 0, 2)


def spoken(T=6):
    """Return samples of T moments at which one of two labels or nothing is said, and the labels."""
    said = np.repeat(rng.integers(0, 3, (N, T // 2)), 2, axis=1)
    labels = [[a for a in row[::2] if a] for row in said]
    padded = np.array([row + [0] * (T // 2 - len(row)) for row in labels])
    lengths = np.array([len(row) for row in labels])
    moments = np.full(N, T)
    return np.eye(3)[said] + 0.1 * rng.standard_normal((N, T, 3)), (padded, moments, lengths)


def scores(C=2):
    return Linear(4, C, rng=0)


def likelihoods():
    return Sequential(scores(3), LogSoftmax(dim=1))


def of_sequences():
    return Sequential(Linear(3, 3, rng=0), TimeFirst(), LogSoftmax(dim=-1))


# model, X, y
PROBLEMS = {
    losses.CrossEntropyLoss: (lambda: scores(3), X, CLASS),
    losses.NLLLoss: (likelihoods, X, CLASS),
    losses.BCELoss: (lambda: Sequential(scores(), Logistic()), X, POSITIVE),
    losses.BCEWithLogitsLoss: (scores, X, POSITIVE),
    losses.L1Loss: (scores, X, NUMBERS),
    losses.MSELoss: (scores, X, NUMBERS),
    losses.SmoothL1Loss: (scores, X, NUMBERS),
    losses.PoissonNLLLoss: (scores, X, np.round(np.exp(X[:, :2]))),
    losses.KLDivLoss: (likelihoods, X, softmax(2 * X[:, :3])),
    losses.MarginRankingLoss: (scores, (X, OTHER), np.sign(X - OTHER)[:, :2]),
    losses.MultiLabelMarginLoss: (scores, X, np.sort(SEVERAL.astype(int))[:, ::-1]),
    losses.SoftMarginLoss: (scores, X, SIGN),
    losses.MultiLabelSoftMarginLoss: (scores, X, POSITIVE),
    losses.MultiMarginLoss: (lambda: scores(3), X, CLASS),
    losses.MulticlassHingeLoss: (lambda: scores(3), X, CLASS),
    losses.TripletMarginLoss: (scores, (X, X + 0.1 * OTHER, THIRD), ()),
    losses.HingeEmbeddingLoss: (lambda: Sequential(scores(), Softplus()), X, SIGN),
    losses.CosineEmbeddingLoss: (scores, (X, OTHER), np.sign(X[:, 0] * OTHER[:, 0])),
    losses.CTCLoss: (of_sequences, *spoken()),
}


def test_all_eighteen_of_pytorchs_and_the_hinge_loss_are_here():
    assert len(PROBLEMS) == 18 + 1
    assert set(PROBLEMS) == set(classes_in(losses, Loss).values()) - ABSTRACT


@pytest.mark.parametrize("kind", PROBLEMS, ids=lambda kind: kind.__name__)
def test_it_trains_a_model_through_the_runner(kind):
    make, inputs, labels = PROBLEMS[kind]
    model = make()
    runner = Runner(model, SGD(model, lr=0.3), kind(), metric=None, rng=0)
    runner.train((inputs, labels), (inputs, labels), num_epochs=25, batch_size=8)
    _, after = runner.evaluate((inputs, labels))
    first = make()
    _, before = Runner(first, SGD(first, lr=0.3), kind(), metric=None).evaluate((inputs, labels))
    lowest = LOWEST.get(kind, 0)
    assert after - lowest < 0.6 * (before - lowest), (before, after)


# What the best predictions cost, where that is not about 0.
COUNTS = PROBLEMS[losses.PoissonNLLLoss][2]
LOWEST = {
    losses.PoissonNLLLoss: (COUNTS - COUNTS * np.log(np.maximum(COUNTS, 1))).mean(),
    losses.TripletMarginLoss: 0,
}


def long_sequences(N=1500, T=64):
    """More than go through a model at once."""
    sounds = np.random.default_rng(1).standard_normal((N, T, 3))
    return sounds, (np.ones((N, 2), int), np.full(N, T), np.full(N, 2))


def test_batches_of_sequences_are_joined_along_the_samples():
    """CTC's predictions are (T, N, C): joined along T, they would be other sequences."""
    model, (X, y) = of_sequences(), long_sequences()
    runner = Runner(model, SGD(model, lr=0.1), losses.CTCLoss(), metric=None)
    predicts = model(X)
    np.testing.assert_allclose(runner.predict(X), predicts, rtol=1e-12)
    assert runner.evaluate((X, y))[1] == pytest.approx(losses.CTCLoss()(predicts, *y), rel=1e-12)
    runner.train((X[:8], tuple(part[:8] for part in y)), (X, y), num_epochs=1)
    assert runner.history.dev_loss[-1] == pytest.approx(runner.evaluate((X, y))[1], rel=1e-12)


@pytest.mark.parametrize("T", [5, 64])
def test_predictions_without_their_samples_first_are_not_joined(T):
    """A loss that does not say where samples lie: refused, and not mixed up in silence."""
    model, (X, _) = of_sequences(), long_sequences(N=NUMBERS_AT_ONCE // T, T=T)
    runner = Runner(model, SGD(model, lr=0.1), losses.MSELoss(), metric=None)
    with pytest.raises(
        ValueError, match=rf"expected predictions with \d+ samples along axis 0.*\({T}, "
    ):
        runner.predict(X)
