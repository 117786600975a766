"""A model as a `torch.nn.Sequential` with the same outputs, and one of those as a model."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any

from minidl.interop.pairs import COMPOSITES, PAIRS, Arguments
from minidl.interop.torch_state import import_torch, load_torch_state, torch_name, torch_state
from minidl.op import Op
from minidl.validation import describe

OURS = {pair.ours: pair for pair in PAIRS}
THEIRS = {pair.theirs: pair for pair in PAIRS}


def to_torch(model: Op) -> Any:
    """Return the same network in PyTorch: equal outputs, of the same dtype.

    Parameters
    ----------
    model : Op
        A `Sequential`, in which others may stand, or a single layer.

    Returns
    -------
    torch.nn.Module
        A `torch.nn.Sequential` for each of ours, with copies of the arrays, in evaluation mode;
        `module.train()` before it is trained on. Layers without a name get their position.

    Raises
    ------
    ImportError
        If PyTorch is not installed.
    TypeError, ValueError
        Naming the layer that PyTorch has no counterpart of.

    Examples
    --------
    >>> from minidl.nn import Linear, ReLU, Sequential
    >>> to_torch(Sequential(Linear(2, 5, name="fc1"), ReLU()))  # doctest: +SKIP
    Sequential(
      (fc1): Linear(in_features=2, out_features=5, bias=True)
      (1): ReLU()
    )
    """
    torch = import_torch()
    if not isinstance(model, Op):
        raise TypeError(f"to_torch: expected a model, received {describe(model)}")
    list(model.named_layers())  # refuses double names
    with torch.random.fork_rng(devices=[]):  # modules draw weights, which are replaced
        module = _module(torch, model, "")
    module.load_state_dict(torch_state(model))
    return module.eval()


def composite_of(op: Op) -> type[Op] | None:
    """Return which composite an op is and computes as, not in a way of the user's own."""
    forward = getattr(type(op).forward, "__module__", "")
    kinds = [kind for kind in COMPOSITES if isinstance(op, kind)]
    return kinds[0] if kinds and forward.startswith("minidl.") else None


def module_class(torch: Any, name: str) -> Any:
    """Return a class of `torch.nn`, or of the modules that stand in for what it lacks."""
    if hasattr(torch.nn, name):
        return getattr(torch.nn, name)
    from minidl.interop import torch_modules

    return getattr(torch_modules, name)


def _module(torch: Any, op: Op, path: str) -> Any:
    if composite := composite_of(op):
        parts = [(torch_name(i, layer), layer) for i, layer in enumerate(op.layers)]
        return module_class(torch, COMPOSITES[composite])(
            OrderedDict((name, _module(torch, layer, f"{path}{name}.")) for name, layer in parts)
        )
    where = f"to_torch: layer {path.rstrip('.')!r}, {op!r}"
    pair = OURS.get(type(op))
    if pair is None:
        raise TypeError(f"{where}: expected a layer that PyTorch has the same of; it has none")
    _check_only(op, pair.ours_only, f"{where}: PyTorch has the same")
    arguments = {name: getattr(op, name) for name in pair.same} | dict(pair.to_theirs(op))
    if pair.has_arrays:
        dtypes = [array.dtype for array in op.arrays().values() if array.dtype.kind == "f"]
        arguments["dtype"] = getattr(torch, dtypes[0].name) if dtypes else None
    return module_class(torch, pair.theirs)(**arguments)


def from_torch(module: Any) -> Op:
    """Return the same network in minidl: equal outputs, of the same dtype.

    Parameters
    ----------
    module : torch.nn.Module
        A `torch.nn.Sequential`, in which others may stand, or a single layer. What computes in a
        `forward` of its own cannot be seen into: build the model here, and take its numbers with
        `load_torch_state`.

    Returns
    -------
    Op
        A `Sequential` for each of theirs, with copies of the arrays, in evaluation mode;
        `model.train()` before it is trained on. Layers that have numbers for names get none. A
        module that stands in several places becomes as many layers, which no longer share.

    Raises
    ------
    ImportError
        If PyTorch is not installed.
    TypeError, ValueError
        Naming the layer that minidl has no counterpart of.

    Examples
    --------
    >>> import torch  # doctest: +SKIP
    >>> from_torch(
    ...     torch.nn.Sequential(torch.nn.Linear(2, 5), torch.nn.ReLU())
    ... )  # doctest: +SKIP
    Sequential(
      (layer0): Linear(2, 5)
      (layer1): ReLU()
    )
    """
    torch = import_torch()
    if not isinstance(module, torch.nn.Module):
        raise TypeError(f"from_torch: expected a module of PyTorch's, received {describe(module)}")
    model = _op(torch, module, "", _dtype(module, "float64"))
    load_torch_state(model, module.state_dict())
    model.eval()
    return model


def _dtype(module: Any, otherwise: str) -> str:
    """Return the dtype of a module's first array of fractions."""
    floats = [array.dtype for array in module.state_dict().values() if array.is_floating_point()]
    return str(floats[0]).removeprefix("torch.") if floats else otherwise


def _op(torch: Any, module: Any, path: str, dtype: str) -> Op:
    """Return the op for a module; `dtype` is that of a layer without arrays that has one."""
    last = path.rstrip(".").rpartition(".")[2]
    name = None if last.isdigit() or not last else last
    where = f"from_torch: layer {path.rstrip('.')!r}, {module!r}"
    for ours, theirs in COMPOSITES.items():
        if type(module).__name__ == theirs and type(module) is module_class(torch, theirs):
            parts = [_op(torch, part, f"{path}{key}.", dtype) for key, part in _parts(module)]
            return _made(ours, parts, {"name": name}, where)
    pair = THEIRS.get(type(module).__name__)
    if pair is None or type(module) is not module_class(torch, pair.theirs):
        raise TypeError(f"{where}: expected a layer that minidl has the same of; it has none")
    _check_only(module, pair.theirs_only, f"{where}: minidl has the same")
    arguments = {key: getattr(module, key) for key in pair.same} | dict(pair.to_ours(module))
    if pair.has_arrays:
        arguments["dtype"] = _dtype(module, dtype)
    return _made(pair.ours, [], {**arguments, "name": name}, where)


def _parts(module: Any) -> Iterator[tuple[str, Any]]:
    """Yield the parts by name; what stands in two places, as `named_children` does not, twice."""
    for path, part in module.named_modules(remove_duplicate=False):
        if path and "." not in path:
            yield path, part


def _made(kind: Callable[..., Op], parts: list[Op], arguments: Arguments, where: str) -> Op:
    """Return an op; in an error, say which layer it is of."""
    try:
        return kind(*parts, **arguments)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{where}: {error}") from error


def _check_only(layer: Any, only: Arguments, what: str) -> None:
    for name, value in only.items():
        found = getattr(layer, name)
        if found != value:
            raise ValueError(f"{what} with {name}={value!r} only, received {found!r}")
