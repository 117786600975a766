"""The operator: a function with parameters that can also pass a gradient back through itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, final

import numpy as np
import numpy.typing as npt

from minidl.parameter import Parameter
from minidl.validation import as_array_of, as_float_array, check_name, describe

Array = npt.NDArray[Any]


SET_BY_INIT = ("params", "grads", "buffers", "layers", "training")


class Op:
    """A step of a computation: `forward` maps an input to an output, `backward` maps gradients.

    A subclass writes two methods. `forward(x)` computes y = f(x) and keeps what the gradient
    will need with `save_for_backward`. `backward(grad)` receives ∂L/∂y, stores ∂L/∂θ for each
    parameter θ in `grads` and returns ∂L/∂x, or None where x is an index, which has no gradient.
    Calling the op, `op(x)`, runs `forward`. Arrays have any number of dimensions, the samples
    along the first.

    Parameters
    ----------
    name : str, optional
        What the op is called in errors, in parameter names and in saved files: letters, digits,
        `_` and `-`.

    Attributes
    ----------
    params, buffers : dict of str to ndarray
        Parameters, and what else is saved with them though not trained, such as running means.
        Whoever changes one writes into the array, so that every reference stays good.
    grads : dict of str to ndarray or SparseGradient
        The gradients of the last `backward`, by the names of `params`.
    layers : list of Op
        The parts of a composite, in order; empty for a single op.
    training : bool
        True between `train()` and `eval()`.
    rng : numpy.random.Generator or None
        The generator that the op draws from while it runs, if any.
    needs_input_grad : bool
        False within `backward_params`: `backward` may then leave ∂L/∂x out and return None.

    Raises
    ------
    ValueError
        If `name` could not be used as a file name everywhere.

    Examples
    --------
    >>> class Double(Op):
    ...     def forward(self, x):
    ...         return 2 * x
    ...
    ...     def backward(self, grad):
    ...         return 2 * grad
    >>> Double()(np.array([1.0, 2.0]))
    array([2., 4.])
    """

    rng: np.random.Generator | None = None
    needs_input_grad: bool = True
    _extends_backward: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Note whether `backward` may extend an inherited one; see `backward_params`."""
        super().__init_subclass__(**kwargs)
        writers = sum("backward" in vars(kind) for kind in cls.__mro__)
        cls._extends_backward = writers > 2  # Op itself and the one that knows of this are two

    def __init__(self, name: str | None = None) -> None:
        self.name = None if name is None else check_name(name, "name")
        self.params: dict[str, Array] = {}
        self.grads: dict[str, Any] = {}
        self.buffers: dict[str, Array] = {}
        self.layers: list[Op] = []
        self.training = True
        self._saved: tuple[Any, ...] = ()
        self._forwards = 0
        self._checked: set[bool] = set()  # the modes in which the parts have been counted

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Say of what `__init__` sets why it may be missing."""
            if name not in SET_BY_INIT:
                return super().__getattribute__(name)  # again, for the error that it had
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}; "
                "did __init__ call super().__init__()?"
            )

    # The computation

    def forward(self, x: Any) -> Any:
        """Return y = f(x). A subclass writes this."""
        raise NotImplementedError(f"{type(self).__name__} needs a method forward(self, x)")

    def backward(self, grad: Any) -> Any:
        """Take ∂L/∂y, store ∂L/∂θ in `grads`, return ∂L/∂x. A subclass writes this."""
        raise NotImplementedError(f"{type(self).__name__} needs a method backward(self, grad)")

    @final
    def backward_params(self, grad: Any) -> None:
        """Take ∂L/∂y and store ∂L/∂θ as `backward` does, where nobody asks for ∂L/∂x.

        A step of training asks like this, since nothing stands before the model that could learn:
        its first layer need not compute what would become of the data. A `backward` that extends
        an inherited one, `super().backward(grad)`, gets ∂L/∂x from that all the same.
        """
        self.needs_input_grad = self._extends_backward
        try:
            self.backward(grad)
        finally:
            self.needs_input_grad = True

    def __call__(self, x: Any) -> Any:
        """Run `forward`; the first time in each mode, refuse a part that runs twice in it.

        Only calls of a part are counted, `layer(x)`, so that a `forward` calls its parts like
        that and not by `layer.forward(x)`.

        Raises
        ------
        RuntimeError
            If one of `layers` ran more than once: `backward` replaces gradients, so the
            gradient of all but its last use would be lost.
        """
        self._forwards += 1
        if self.layers and self.training not in self._checked:
            return self._check_and_forward(x)
        return self.forward(x)

    def _check_and_forward(self, x: Any) -> Any:
        """Run a mode's first forward pass of a composite, counting how often each part runs."""
        before = [layer._forwards for layer in self.layers]
        y = self.forward(x)
        for layer, count in zip(self.layers, before, strict=True):
            if layer._forwards > count + 1:
                raise RuntimeError(
                    f"{self}: expected each layer once in a forward pass, but {layer} ran "
                    f"{layer._forwards - count} times; try a second layer of the same kind"
                )
        self._checked.add(self.training)
        return y

    def save_for_backward(self, *arrays: Any) -> None:
        """Keep what `backward` will need; each forward pass replaces it."""
        self._saved = arrays

    def saved_for_backward(self) -> Any:
        """Return what the last forward pass kept: the one value, or a tuple of several.

        Raises
        ------
        RuntimeError
            If there was no forward pass, or `forget` came after it.
        """
        if not self._saved:
            raise RuntimeError(
                f"{self}: expected a forward pass before backward, received none; "
                "try calling it on an input first"
            )
        return self._saved if len(self._saved) > 1 else self._saved[0]

    def forget(self) -> None:
        """Let go of what forward kept for backward, here and in every part.

        Whoever only wants predictions calls it after the forward pass; gradients stay.
        """
        self._saved = ()
        for layer in self.layers:
            layer.forget()

    def check_grad(self, grad: Any, y: Array) -> Array:
        """Return `grad` as an array like the output `y`, of fractions where `y` has none.

        Raises
        ------
        ValueError
            If its shape is not that of `y`.
        """
        grad = as_float_array(grad, self, dtype=y.dtype if y.dtype.kind == "f" else None)
        if grad.shape != y.shape:
            raise ValueError(
                f"{self}: expected a gradient of the output's shape {y.shape}, "
                f"received {grad.shape}"
            )
        return grad

    # The parts and their parameters

    def named_layers(self) -> Iterator[tuple[str, Op]]:
        """Yield this op as "" and every op inside it with its dotted path, such as `fc1`.

        A layer without a name is called after its position: `layer0`, `layer1`, …

        Raises
        ------
        ValueError
            If two layers have one name, or one layer stands in two places.
        """
        yield from self._walk("", set(), set())

    def _walk(self, path: str, names: set[str], seen: set[int]) -> Iterator[tuple[str, Op]]:
        folded = path.casefold()  # some file systems do not tell fc1 from FC1
        if folded in names or id(self) in seen:
            what = f"layers with different names, received {path!r} twice"
            if id(self) in seen:
                what = f"each layer once, received {self} in two places"
            raise ValueError(f"expected {what}; try a new layer with a name of its own")
        names.add(folded)
        seen.add(id(self))
        yield path, self
        for position, layer in enumerate(self.layers):
            name = f"layer{position}" if layer.name is None else check_name(layer.name, "name")
            yield from layer._walk(f"{path}.{name}" if path else name, names, seen)

    def parameters(self) -> Iterator[Parameter]:
        """Yield a view of every parameter, named by its path, such as `fc1.W`."""
        for path, op in self.named_layers():
            for key in op.params:
                yield Parameter(f"{path}.{key}" if path else key, key, op.params, op.grads)

    @property
    def penalties(self) -> Sequence[Any]:
        """The penalties on its weights that an op brings with it; a Runner applies them.

        By default none. A subclass with a regularization of its own returns them.
        """
        return ()

    def zero_grad(self) -> None:
        """Forget the gradients of the last backward pass."""
        for _, op in self.named_layers():
            op.grads.clear()

    def train(self) -> None:
        """Switch this op and its parts to training, where dropout and its kind are at work."""
        self._set_training(True)

    def eval(self) -> None:
        """Switch this op and its parts to evaluation."""
        self._set_training(False)

    def _set_training(self, training: bool) -> None:
        self.training = training
        for layer in self.layers:
            layer._set_training(training)

    # Saving and loading

    def arrays(self) -> dict[str, Array]:
        """Return the parameters and buffers of this op alone, which is what is saved of it.

        Raises
        ------
        ValueError
            If a parameter and a buffer have one name.
        """
        twice = sorted(self.params.keys() & self.buffers.keys())
        if twice:
            raise ValueError(
                f"{self}: expected parameters and buffers with names of their own, received "
                f"{', '.join(twice)} in both; try another name for the buffer"
            )
        return self.params | self.buffers

    def _arrays(self) -> dict[str, Array]:
        return {
            f"{path}.{key}" if path else key: array
            for path, op in self.named_layers()
            for key, array in op.arrays().items()
        }

    def state_dict(self) -> dict[str, Array]:
        """Return a copy of every parameter and buffer, by dotted name."""
        return {name: array.copy() for name, array in self._arrays().items()}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Copy the values of `state` into the parameters and buffers, all of them or none.

        Raises
        ------
        TypeError, ValueError
            If it is no state, or naming every missing, unexpected or misshapen entry, or one that
            a buffer of whole numbers cannot hold; nothing is changed then.
        """
        if not isinstance(state, Mapping):
            raise TypeError(
                f"{self}: expected what state_dict returned, received {describe(state)}"
            )
        own = self._arrays()
        faults = [f"{name} is missing" for name in own if name not in state]
        faults += [f"{name} is unexpected" for name in state if name not in own]
        faults += [
            f"{name} has shape {np.shape(state[name])} and should have {array.shape}"
            for name, array in own.items()
            if name in state and np.shape(state[name]) != array.shape
        ]
        if faults:
            raise ValueError(f"{self}: this state is of another model: {'; '.join(faults)}")
        values = {  # copies, as some may be parts of the arrays that are written into
            n: as_array_of(a.dtype, state[n], n).copy() for n, a in own.items()
        }
        for name, array in own.items():
            array[...] = values[name]

    # How it shows itself

    def extra_repr(self) -> str:
        """Return the arguments shown between the parentheses of `repr`."""
        return ""

    def __repr__(self) -> str:
        if not self.layers:
            return f"{type(self).__name__}({self.extra_repr()})"
        rows = [
            f"  ({layer.name or f'layer{position}'}): " + repr(layer).replace("\n", "\n  ")
            for position, layer in enumerate(self.layers)
        ]
        return "\n".join([f"{type(self).__name__}(", *rows, ")"])

    def __str__(self) -> str:
        kind = type(self).__name__
        return f"{kind} {self.name!r}" if self.name else kind
