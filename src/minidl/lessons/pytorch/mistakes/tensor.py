"""Mistakes that learners make in "Autograd for one layer"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.pytorch.mistakes.faulty_tensors import (
    ClipsInPlace,
    GivesGradients,
    NoParents,
    NoWayBack,
    OneFunctionEach,
    ParentAlone,
    ParentsSwapped,
    ReturnsArrays,
    ReturnsRecorded,
    mistaken,
)

LOCAL = "The product's own gradient is left out: local derivative times what has arrived."

MISTAKES = Mistakes(
    Mistake(
        "x-lost-transpose",
        mistaken(matmul=lambda a, b, grad: (grad @ b, a.T @ grad)),
        "What the product passes back to its first factor lacks a transpose: `grad @ "
        "other.data.T`.",
    ),
    Mistake(
        "W-lost-transpose",
        mistaken(matmul=lambda a, b, grad: (grad @ b.T, a @ grad)),
        "What the product passes back to its second factor lacks a transpose: "
        "`self.data.T @ grad`.",
    ),
    Mistake(
        "swapped",
        mistaken(matmul=lambda a, b, grad: (a.T @ grad, grad @ b.T)),
        "The product's two gradients are exchanged: they come in the order of the parents.",
    ),
    Mistake(
        "no-grad",
        mistaken(matmul=lambda a, b, grad: (np.ones_like(grad) @ b.T, a.T @ np.ones_like(grad))),
        LOCAL,
    ),
    Mistake("no-grad", mistaken(matmul=lambda a, b, grad: (b.T, a.T)), LOCAL),
    Mistake(
        "W-turned",
        mistaken(matmul=lambda a, b, grad: (grad @ b.T, grad.T @ a)),
        "What the product passes back to its second factor is turned round: `self.data.T @ grad`.",
    ),
    Mistake(
        "sum-no-grad",
        mistaken(add=lambda a, b, grad: (np.ones_like(a), np.ones_like(b))),
        "The sum passes its local derivative back, and not times the gradient that has arrived.",
    ),
    Mistake(
        "row-not-summed",
        mistaken(add=lambda a, b, grad: (grad, grad)),
        "The row was added to every sample, so its gradient is the sum over the samples, of shape "
        "(1, M); each sample's alone has the shape of the whole batch.",
    ),
    Mistake(
        "row-mean",
        mistaken(add=lambda a, b, grad: (grad, grad.mean(axis=0, keepdims=True))),
        "The row gets the mean over the samples; effects of several ways add up.",
    ),
    Mistake(
        "row-shape",
        mistaken(add=lambda a, b, grad: (grad, grad.sum(axis=0))),
        "The row's gradient has the right numbers, but needs the row's shape, (1, M): "
        "`keepdims=True`.",
    ),
    Mistake(
        "relu-of-the-gradient",
        mistaken(relu=lambda x, grad: (np.maximum(grad, 0),)),
        "The ReLU cuts its gradient where the gradient is negative; what counts is whether its "
        "input was above 0.",
    ),
    Mistake(
        "relu-no-gate",
        mistaken(relu=lambda x, grad: (grad,)),
        "The ReLU lets all of its gradient through; where its input was not above 0, it lets none.",
    ),
    Mistake(
        "relu-at-zero",
        mistaken(relu=lambda x, grad: (grad * (x >= 0),)),
        "At 0 itself let nothing pass, as PyTorch does: `self.data > 0`.",
    ),
    Mistake(
        "relu-local",
        mistaken(relu=lambda x, grad: ((x > 0) * 1.0,)),
        "The ReLU passes its local derivative back, and not times the gradient that has arrived.",
    ),
    Mistake(
        "not-a-tensor",
        ReturnsArrays,
        "Expected `{name}` to be a Tensor that remembers its parents, received {found}: "
        "`Tensor(value, parents, pass_back)`.",
    ),
    Mistake(
        "only-recorded",
        ReturnsRecorded,
        "`{name}` is a `Recorded`, which can't be used on: it has no `@`, no `+` and no `relu()`. "
        "Return `Tensor(value, parents, pass_back)`.",
    ),
    Mistake(
        "no-way-back",
        NoWayBack,
        "`{name}` has no `pass_back`: it is the third thing that `Tensor(…)` takes.",
    ),
    Mistake(
        "parents",
        NoParents,
        "The parents of `{name}` should be what it was made from, in this order, as a tuple. (A "
        "tuple of one needs its comma: `(self,)`.)",
    ),
    Mistake("parents", ParentsSwapped),
    Mistake("parents", ParentAlone),
    Mistake(
        "not-one-function",
        OneFunctionEach,
        "Expected the `pass_back` of `{name}` to be one function, which returns a tuple of arrays, "
        "received {found}.",
    ),
    Mistake(
        "not-a-tuple",
        mistaken(relu=lambda x, grad: grad * (x > 0)),
        "Expected `pass_back` to return a tuple of {count}, a gradient for each parent, received "
        "{found}. (A tuple of one needs its comma: `(g,)`.)",
    ),
    Mistake(
        "changes-data",
        ClipsInPlace,
        "`{name}` changes the data of what it was made from; compute into a new array.",
    ),
    Mistake(
        "passes-early",
        GivesGradients,
        "With `{name}`, `pass_back` changes a parent's `grad` itself. It only returns gradients: "
        "`backward` adds them up, once all have arrived.",
    ),
    Mistake("values", mistaken(values={"relu": lambda x: np.maximum(x, 0.01 * x)})),
)
