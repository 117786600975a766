"""The embedding, a table that gives each word, or whatever is counted, a row of numbers."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn.init import Initializer, initial_values, standard_normal
from minidl.op import Op
from minidl.sparse import SparseGradient
from minidl.validation import (
    as_generator,
    as_index_array,
    check_float_dtype,
    check_positive_int,
)

Array = npt.NDArray[Any]


class Embedding(Op):
    """Look up rows of a table, y = W[x]: what `Linear` without a bias makes of one-hot rows.

    Row i of ∂L/∂W is the sum of ∂L/∂y over all places where i was looked up. An index has no
    gradient.

    Parameters
    ----------
    num_embeddings : int
        The number of rows V; indices go from 0 to V − 1.
    embedding_dim : int
        The length E of a row.
    padding_idx : int, optional
        The index that fills up short sentences. Its row starts at 0 and gets no gradient.
    sparse : bool
        Whether `grads["W"]` is a `SparseGradient`, which holds the rows looked up and no others.
        For a large table, an optimizer that knows what to do with one is much faster.
    weight_init : callable
        (shape, fan_in, fan_out, rng) → array; see `minidl.nn.init`. The fans are V and E.
    rng : int, numpy.random.Generator or None
        Where the initial weights come from.
    dtype : dtype
        float64 or float32.
    name : str, optional
        What the layer is called in errors and files.

    Attributes
    ----------
    params : dict
        W of shape (V, E).

    Raises
    ------
    TypeError, ValueError
        By `forward`, if x holds anything but whole numbers from 0 to V − 1.

    Examples
    --------
    >>> words = Embedding(3, 2, weight_init=lambda *_: [[0, 1], [2, 3], [4, 5]])
    >>> words([[2, 0, 2]])
    array([[[4., 5.],
            [0., 1.],
            [4., 5.]]])
    >>> words.backward(np.ones((1, 3, 2)))
    >>> words.grads["W"]
    array([[1., 1.],
           [0., 0.],
           [2., 2.]])
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        *,
        padding_idx: int | None = None,
        sparse: bool = False,
        weight_init: Initializer = standard_normal,
        rng: int | np.random.Generator | None = None,
        dtype: npt.DTypeLike = np.float64,
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.num_embeddings = check_positive_int(num_embeddings, "num_embeddings")
        self.embedding_dim = check_positive_int(embedding_dim, "embedding_dim")
        self.sparse = sparse
        shape, dtype = (num_embeddings, embedding_dim), check_float_dtype(dtype, "dtype")
        W = initial_values(weight_init, shape, shape, as_generator(rng), dtype=dtype, name=self)
        self.padding_idx = padding_idx
        if padding_idx is not None:
            W[as_index_array(padding_idx, "padding_idx", num_embeddings)] = 0
        self.params["W"] = W

    def forward(self, x: Any) -> Array:
        """Return W[x], shape (*, E), for whole numbers x of any shape (*)."""
        x = as_index_array(x, self, self.num_embeddings)
        y = self.params["W"][x]
        self.save_for_backward(x, y)
        return y

    def backward(self, grad: Any) -> None:
        """Store ∂L/∂W, where the gradients of a row's places add up; return None."""
        x, y = self.saved_for_backward()
        g = self.check_grad(grad, y)
        rows, values = x.reshape(-1), g.reshape(-1, self.embedding_dim)
        if self.padding_idx is not None:
            counted = rows != self.padding_idx
            rows, values = rows[counted], values[counted]
        gradient = SparseGradient(rows, values, self.params["W"].shape)
        # The arrays of x and grad are others', who may write into them.
        self.grads["W"] = copy.deepcopy(gradient) if self.sparse else gradient.to_dense()

    def extra_repr(self) -> str:
        """Return the sizes, and what is not as by default."""
        padding = "" if self.padding_idx is None else f", padding_idx={self.padding_idx}"
        sparse = ", sparse=True" if self.sparse else ""
        return f"{self.num_embeddings}, {self.embedding_dim}{padding}{sparse}"
