"""Many small networks trained as one, each with a learning rate and a penalty of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses import Loss
from minidl.nn import Sequential, stack, unstack
from minidl.op import Op
from minidl.parameter import Parameter
from minidl.penalties import Adjustment
from minidl.train.memory import keep_freed_memory
from minidl.train.sweep_group import SweepGroup
from minidl.validation import as_float_array, check_choice, check_positive_int, describe

Array = npt.NDArray[Any]

BYTES_AT_ONCE = 256
"""Of the networks of a group, counted by one number of each."""


class Sweep:
    """K networks of one shape that learn side by side by gradient descent: a step moves them all.

    W_k ← W_k − α_k·(∂L_k/∂W_k + λ_k·W_k),  b_k ← b_k − α_k·∂L_k/∂b_k

    Each takes the steps that it would take alone, by a Runner with `BatchGD` and `L2`. For networks
    so small that most of the time goes into calling NumPy, that is several times as fast.

    Parameters
    ----------
    networks : sequence of Sequential
        K networks as `minidl.nn.stack` takes them. They are copied.
    loss_fn : Loss
        With reduction "none", whose labels have the shape of a network's predictions, or are the
        index of each sample's class.
    lr, l2 : float or array_like of shape (K,)
        The learning rates α and the weights λ of the penalties ½·λ·ΣW², both ≥ 0.
    penalties : sequence of Adjustment
        Further ones, as a Runner takes them; they act before `l2` does, and see the parameters of
        one network at a time.
    own_samples : bool
        Whether each network learns from samples of its own, in place of the same for all.
    at_once : int, optional
        How many networks are stacked into one: so few that their numbers stay in the processor's
        cache, so many that a call of NumPy is worth its while. By default 32, or 64 in float32.

    Raises
    ------
    TypeError, ValueError
        If the networks differ in more than their numbers, or another argument will not do.

    Examples
    --------
    >>> from minidl.data import make_moons
    >>> from minidl.losses import BCELoss
    >>> from minidl.nn import Linear, Logistic
    >>> X, y = make_moons(100, noise=0.2, rng=0)
    >>> nets = [Sequential(Linear(2, 1, rng=0), Logistic()) for _ in range(3)]
    >>> sweep = Sweep(nets, BCELoss(reduction="none"), lr=[0.01, 0.1, 1.0])
    >>> for epoch in range(100):
    ...     losses = sweep.step(X, y.reshape(-1, 1))
    >>> losses.round(2)
    array([0.57, 0.37, 0.27])
    """

    def __init__(
        self,
        networks: Sequence[Sequential],
        loss_fn: Loss,
        *,
        lr: npt.ArrayLike,
        l2: npt.ArrayLike = 0.0,
        penalties: Sequence[Adjustment] = (),
        own_samples: bool = False,
        at_once: int | None = None,
    ) -> None:
        check_choice(loss_fn.reduction, "loss_fn: reduction", ("none",))
        if not (K := len(networks)):
            raise ValueError("Sweep: expected at least one network, received none")
        keep_freed_memory()
        lr, l2 = one_each(lr, "lr", K), one_each(l2, "l2", K)
        first = stack(networks[:1])  # refuses what is no network
        size = best_size(first) if at_once is None else check_positive_int(at_once, "at_once")
        groups = [slice(at, min(at + size, K)) for at in range(0, K, size)]
        self._own_samples = own_samples
        self._groups = [SweepGroup(networks[g], loss_fn, lr[g], l2[g], penalties) for g in groups]
        self._places = groups

    @np.errstate(over="ignore", invalid="ignore")  # one that diverges does not stop the others
    def step(self, X: Any, y: Any) -> Array:
        """Take one step on a batch; return the loss of each network before it, (K,).

        Parameters
        ----------
        X, y : array_like of shape (N, D), and (N, M) or (N,)
            Inputs and labels, the same for all networks. With `own_samples`, (N, K, D), and
            (N, K, M) or (N, K), a row for each network.

        Raises
        ------
        TypeError, ValueError
            If their shapes do not fit, or the loss cannot take such labels.
        """
        return np.concatenate([group.step(*own) for group, *own in self._with_samples(X, y)])

    @np.errstate(over="ignore", invalid="ignore")
    def losses(self, X: Any, y: Any) -> Array:
        """Return the loss of each network on samples as `step` takes them, in evaluation, (K,)."""
        return np.concatenate([group.losses(*own) for group, *own in self._with_samples(X, y)])

    @np.errstate(over="ignore", invalid="ignore")
    def predict(self, X: Any) -> Array:
        """Return the predictions of all networks in evaluation, (N, K, M), for X of shape (N, D).

        They are the same for all networks, also where each learns from its own.
        """
        return np.concatenate([group.predict(np.asarray(X)) for group in self._groups], axis=1)

    def _with_samples(self, X: Any, y: Any) -> Iterator[tuple[SweepGroup, Any, Array]]:
        """Yield each group with its inputs and labels, these with an axis for its networks."""
        y = np.asarray(y)
        if not self._own_samples:
            yield from ((group, X, y[:, np.newaxis]) for group in self._groups)
            return
        X, K = np.asarray(X), self._places[-1].stop
        if X.ndim != 3 or X.shape[1] != K or y.shape[:2] != X.shape[:2]:
            raise ValueError(
                f"Sweep: expected samples for each of {K} networks, X of shape (N, {K}, D) and y "
                f"of (N, {K}, M) or (N, {K}), received {X.shape} and {y.shape}"
            )
        for group, place in zip(self._groups, self._places, strict=True):
            yield group, X[:, place], y[:, place]

    def parameters(self) -> Iterator[Parameter]:
        """Yield the stacked parameters of all networks, to be looked at or changed."""
        for group in self._groups:
            yield from group.model.parameters()

    def networks(self) -> list[Sequential]:
        """Return the networks as they are now, each by itself: copies."""
        return [network for group in self._groups for network in unstack(group.model)]


def best_size(network: Op) -> int:
    """Return how many such networks are best stacked into one; measured for small ones.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> best_size(Linear(2, 1)), best_size(Linear(2, 1, dtype="float32"))
    (32, 64)
    """
    return BYTES_AT_ONCE // max((p.value.itemsize for p in network.parameters()), default=8)


def one_each(given: npt.ArrayLike, name: str, K: int) -> Array:
    """Return a number ≥ 0 for each of K networks.

    Raises
    ------
    ValueError
        If there are neither one nor K of them, or one is negative or not finite.

    Examples
    --------
    >>> one_each(0.5, "lr", 3)
    array([0.5, 0.5, 0.5])
    """
    numbers = as_float_array(given, name)
    if numbers.shape not in ((), (K,)) or not (np.isfinite(numbers) & (numbers >= 0)).all():
        raise ValueError(
            f"{name}: expected a number ≥ 0, or one for each of {K} networks, "
            f"received {describe(given)}"
        )
    return np.broadcast_to(numbers, K)
