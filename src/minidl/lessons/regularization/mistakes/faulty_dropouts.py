"""Dropouts with one fault each."""

import numpy as np

from minidl.op import Op


class Dropout(Op):
    """Dropout with everything right; the mistakes change a part."""

    def __init__(self, keep_prob, rng=None):
        super().__init__()
        self.keep_prob = keep_prob
        self.rng = np.random.default_rng(rng)

    def draw(self, shape):
        return (self.rng.random(shape) < self.keep_prob) / self.keep_prob

    def forward(self, x):
        self.mask = self.draw(x.shape) if self.training else np.ones(x.shape)
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask


def drawing(draw):
    return type("MyDropout", (Dropout,), {"draw": draw})


class OldMask(Dropout):
    """Evaluation that leaves the last mask for the way back."""

    def forward(self, x):
        if not self.training:
            return x
        self.mask = self.draw(x.shape)
        return x * self.mask


class AlwaysActive(Dropout):
    """Dropout in evaluation, too."""

    def forward(self, x):
        self.mask = self.draw(x.shape)
        return x * self.mask


class Reversed(Dropout):
    """Dropout in evaluation, and only there."""

    def forward(self, x):
        self.mask = np.ones(x.shape) if self.training else self.draw(x.shape)
        return x * self.mask


class ScaledInEvaluation(Dropout):
    """Inverted dropout that scales down in evaluation as well."""

    def forward(self, x):
        self.mask = self.draw(x.shape) if self.training else self.keep_prob
        return x * self.mask


class ScaledUpInEvaluation(Dropout):
    """Dropout that scales up in evaluation."""

    def forward(self, x):
        self.mask = self.draw(x.shape) if self.training else 1 / self.keep_prob
        return x * self.mask


class ClassicDropout(Dropout):
    """Dropout that scales in evaluation and not in training."""

    def forward(self, x):
        kept = self.rng.random(x.shape) < self.keep_prob
        self.mask = kept if self.training else self.keep_prob
        return x * self.mask


class OneMask(Dropout):
    """Dropout whose mask is drawn once and kept."""

    mask = None

    def forward(self, x):
        if not self.training:
            self.mask = np.ones(x.shape)
        elif self.mask is None:
            self.mask = self.draw(x.shape)
        return x * self.mask


class IgnoresRng(Dropout):
    """Dropout that draws from a generator of its own."""

    def __init__(self, keep_prob, rng=None):
        super().__init__(keep_prob)


class OneSeedForAll(Dropout):
    """Dropout whose seed is always 0."""

    def __init__(self, keep_prob, rng=None):
        super().__init__(keep_prob, 0)


class ZerosWhenAllAreKept(Dropout):
    """Dropout that drops everything where the keep probability is 1."""

    def draw(self, shape):
        return super().draw(shape) * (self.keep_prob < 1)


class NotAnOp:
    """A dropout that is no Op."""

    def __init__(self, keep_prob, rng=None):
        self.keep_prob = keep_prob


class NeverBack(Dropout):
    """Dropout that is over after the first evaluation."""

    over = False

    def forward(self, x):
        self.over = self.over or not self.training
        self.mask = np.ones(x.shape) if self.over else self.draw(x.shape)
        return x * self.mask


def switching(self, grad):
    self.eval()
    return grad * self.mask


def squeezed(self, shape):
    return np.squeeze(Dropout.draw(self, shape))


def in_pairs(self, shape):
    """Draw a mask for each pair of points."""
    mask = Dropout.draw(self, shape)
    mask[1::2] = mask[: 2 * (shape[0] // 2) : 2]
    return mask


def going_back(backward):
    return type("MyDropout", (Dropout,), {"backward": backward})


class ExactShare(Dropout):
    """Dropout that keeps the same number each time, so that nothing is left to chance."""

    def draw(self, shape):
        size = np.prod(shape)
        kept = self.rng.permutation(size) < round(self.keep_prob * size)
        return kept.reshape(shape) / self.keep_prob


class MaskFromOutput(Dropout):
    """Dropout that takes what is 0 in its output for dropped."""

    def forward(self, x):
        self.output = x * (self.draw(x.shape) if self.training else 1)
        return self.output

    def backward(self, grad):
        return grad * (self.output != 0) / (self.keep_prob if self.training else 1)
