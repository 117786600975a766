"""Mistakes that learners make in "Dropout by hand"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
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
    def forward(self, x):
        if not self.training:
            return x
        self.mask = self.draw(x.shape)
        return x * self.mask


class AlwaysActive(Dropout):
    def forward(self, x):
        self.mask = self.draw(x.shape)
        return x * self.mask


class Reversed(Dropout):
    def forward(self, x):
        self.mask = np.ones(x.shape) if self.training else self.draw(x.shape)
        return x * self.mask


class ScaledInEvaluation(Dropout):
    def forward(self, x):
        self.mask = self.draw(x.shape) if self.training else self.keep_prob
        return x * self.mask


class ScaledUpInEvaluation(Dropout):
    def forward(self, x):
        self.mask = self.draw(x.shape) if self.training else 1 / self.keep_prob
        return x * self.mask


class ClassicDropout(Dropout):
    def forward(self, x):
        kept = self.rng.random(x.shape) < self.keep_prob
        self.mask = kept if self.training else self.keep_prob
        return x * self.mask


class OneMask(Dropout):
    mask = None

    def forward(self, x):
        if not self.training:
            self.mask = np.ones(x.shape)
        elif self.mask is None:
            self.mask = self.draw(x.shape)
        return x * self.mask


class IgnoresRng(Dropout):
    def __init__(self, keep_prob, rng=None):
        super().__init__(keep_prob)


class OneSeedForAll(Dropout):
    def __init__(self, keep_prob, rng=None):
        super().__init__(keep_prob, 0)


class ZerosWhenAllAreKept(Dropout):
    def draw(self, shape):
        return super().draw(shape) * (self.keep_prob < 1)


class NotAnOp:
    def __init__(self, keep_prob, rng=None):
        self.keep_prob = keep_prob


class NeverBack(Dropout):
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
    def draw(self, shape):
        size = np.prod(shape)
        kept = self.rng.permutation(size) < round(self.keep_prob * size)
        return kept.reshape(shape) / self.keep_prob


class MaskFromOutput(Dropout):
    def forward(self, x):
        self.output = x * (self.draw(x.shape) if self.training else 1)
        return self.output

    def backward(self, grad):
        return grad * (self.output != 0) / (self.keep_prob if self.training else 1)


MISTAKES = Mistakes(
    Mistake(
        "gradient-unmasked",
        going_back(lambda self, grad: grad),
        "A dropped number had no part in the loss: gradient 0.",
    ),
    Mistake(
        "gradient-unscaled",
        going_back(lambda self, grad: grad * (self.mask > 0)),
        "The factor 1/keep_prob goes back as well.",
    ),
    Mistake(
        "mask-from-output",
        MaskFromOutput,
        "Where x is 0, the output is 0 whether kept or not, so it does not tell what "
        "was dropped. Keep the mask itself.",
    ),
    Mistake(
        "scaled-in-evaluation",
        ScaledInEvaluation,
        "In evaluation the numbers pass as they are; the scaling in training saw to the rest.",
    ),
    Mistake(
        "scaled-in-evaluation",
        ScaledUpInEvaluation,
        "In evaluation the numbers pass as they are; the scaling in training saw to the rest.",
    ),
    Mistake(
        "old-mask",
        OldMask,
        "After a pass in evaluation, backward still uses the mask of an earlier training pass.",
    ),
    Mistake(
        "no-scaling",
        drawing(lambda self, shape: self.rng.random(shape) < self.keep_prob),
        "They stay as they are, so the next layer receives a quarter less in training than in "
        "evaluation. Divide by keep_prob.",
    ),
    Mistake(
        "classic-dropout",
        ClassicDropout,
        "Kept numbers stay as they are, and evaluation multiplies by {keep}: the same "
        "idea on the other side. Here training divides by keep_prob, and evaluation "
        "does nothing.",
    ),
    Mistake(
        "scaled-down",
        drawing(lambda self, shape: (self.rng.random(shape) < self.keep_prob) * self.keep_prob),
        "That makes up for nothing: dividing by keep_prob does.",
    ),
    Mistake(
        "wrong-probability",
        drawing(
            lambda self, shape: (self.rng.random(shape) < self.keep_prob) / (1 - self.keep_prob)
        ),
        "Divide by the probability of being kept.",
    ),
    Mistake(
        "keeps-the-others",
        drawing(lambda self, shape: (self.rng.random(shape) > self.keep_prob) / self.keep_prob),
        "With keep_prob = {keep}, it keeps {share:.0%} of the numbers: those that it should drop.",
    ),
    Mistake(
        "share",
        drawing(lambda self, shape: 2.0 * (self.rng.random(shape) < 0.5)),
        "With keep_prob = {keep}, expected about {keep:.0%} of the numbers to be kept, "
        "found {share:.0%}.",
    ),
    Mistake(
        "one-mask-for-all",
        drawing(
            lambda self, shape: (
                (self.rng.random((1, shape[1])) < self.keep_prob)
                / self.keep_prob
                * np.ones((shape[0], 1))
            )
        ),
        "{found} share one mask. Draw for each number by itself: "
        "every row is a point, and has a mask of its own.",
    ),
    Mistake(
        "no-chance",
        ExactShare,
        "It keeps exactly {keep:.0%} of the numbers in every row or pass. Draw for "
        "each number by itself: then how many are kept is chance, too.",
    ),
    Mistake(
        "two-axes-only",
        drawing(
            lambda self, shape: (
                (self.rng.random((shape[0], shape[1])) < self.keep_prob) / self.keep_prob
            )
        ),
        "It fails for x of shape {shape}. Draw a mask of the shape `x.shape`, whatever "
        "that is. {error}",
    ),
    Mistake(
        "same-mask",
        OneMask,
        "A second forward pass drops the same numbers. Each pass draws a mask of its own.",
    ),
    Mistake(
        "active-in-evaluation",
        AlwaysActive,
        "After `op.eval()` it still drops numbers. `self.training` is False then.",
    ),
    Mistake(
        "drops-nothing",
        Reversed,
        "In training, nothing is set to 0. Is `self.training` asked the right way round?",
    ),
    Mistake(
        "ignores-rng",
        IgnoresRng,
        "Two layers with rng=0 drop different numbers. Draw from `self.rng`, or nobody "
        "can repeat a run.",
    ),
    Mistake(
        "one-rng-for-all",
        OneSeedForAll,
        "Another `rng`, another seed or a generator that was drawn from before, has to give "
        "another mask: draw from `self.rng` as `__init__` has made it.",
    ),
    Mistake(
        "one-mask-for-all",
        drawing(
            lambda self, shape: (
                (self.rng.random((*shape[:1], *[1 for _ in shape[1:]])) < self.keep_prob)
                / self.keep_prob
                * np.ones(shape)
            )
        ),
        "{found} share one mask.",
    ),
    Mistake(
        "keep-hard-coded",
        ZerosWhenAllAreKept,
        "Right with keep_prob = {keep}, but not with {other}: take `self.keep_prob`. {found}",
    ),
    Mistake(
        "new-mask-in-backward",
        going_back(lambda self, grad: grad * self.draw(grad.shape)),
        "backward drops other numbers than forward did: it has drawn a second mask. "
        "Keep the first one.",
    ),
    Mistake(
        "gradient",
        going_back(lambda self, grad: grad * self.mask**2),
        "backward multiplies by the same factors as forward.",
    ),
    Mistake(
        "keep-hard-coded",
        drawing(lambda self, shape: (self.rng.random(shape) < 0.75) / 0.75),
        "Right with keep_prob = {keep}, but not with {other}: take `self.keep_prob`. {found}",
    ),
    Mistake(
        "one-mask-for-all",
        drawing(in_pairs),
        "{found} share one mask.",
    ),
    Mistake("shape", drawing(squeezed)),
    Mistake(
        "never-back",
        NeverBack,
        "After `op.eval()` and then `op.train()` it drops nothing: ask `self.training` each time.",
    ),
    Mistake(
        "other-mode",
        going_back(switching),
        "A pass has switched the layer between training and evaluation. Whoever trains does that.",
    ),
    Mistake("not-an-op", NotAnOp, "Expected an Op, received {kind}."),
)
