"""Mistakes that learners make in "Dropout by hand"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.regularization.mistakes.faulty_dropouts import (
    AlwaysActive,
    ClassicDropout,
    ExactShare,
    IgnoresRng,
    MaskFromOutput,
    NeverBack,
    NotAnOp,
    OldMask,
    OneMask,
    OneSeedForAll,
    Reversed,
    ScaledInEvaluation,
    ScaledUpInEvaluation,
    ZerosWhenAllAreKept,
    drawing,
    going_back,
    in_pairs,
    squeezed,
    switching,
)

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
