"""On how many threads a training computes: a small network on one."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import numpy as np

from minidl.data.dataset import leaves_of
from minidl.op import Op
from minidl.threads import one_blas_thread
from minidl.train.datasets import CheckedSet

SMALL = 10_000_000
"""Multiplications of a forward pass up to which a network is small: below a millisecond of work.

Measured on two cores: OpenBLAS itself keeps to one thread up to 0.5 million. At 3 million a second
one saves 0.05 ms, at 26 million 0.5 ms. Where another program has the core, each product waits
7 to 28 ms for it, whatever its size.
"""


def threads_for(model: Op, train_set: CheckedSet) -> AbstractContextManager[None]:
    """Return the context in which to train: one BLAS thread, or the user's own setting."""
    return one_blas_thread if is_small(model, train_set) else nullcontext()


def is_small(model: Op, train_set: CheckedSet) -> bool:
    """Tell whether a step is little work: rows of a batch × weights.

    A convolution uses each weight at many places; a network that has one is not small.

    Parameters
    ----------
    model : Op
        What is trained.
    train_set : CheckedSet
        On what, in batches of which size.
    """
    shapes = [parameter.value.shape for parameter in model.parameters()]
    if any(len(shape) > 2 for shape in shapes):
        return False
    weights = sum(int(np.prod(shape)) for shape in shapes)
    return rows_of_a_batch(train_set) * weights <= SMALL


def rows_of_a_batch(train_set: CheckedSet) -> int:
    """Return how many rows go through a layer at once: samples, or the places of sequences."""
    samples = min(train_set.loader.batch_size, len(train_set.loader.dataset))
    inputs = [] if train_set.arrays is None else leaves_of(train_set.arrays[0])
    places = sum(int(np.prod(array.shape[1:-1])) for array in inputs)
    return samples * max(places, 1)
