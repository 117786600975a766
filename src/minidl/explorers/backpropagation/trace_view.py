"""What the backpropagation stepper shows of a step: words, shapes, matrices."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.backpropagation.picture import BackpropagationView
from minidl.explorers.backpropagation.trace import BACKWARD, FORWARD, LOSS, Trace, Visit
from minidl.explorers.backpropagation.trace_check import local_gradient
from minidl.plots.matrices import Column
from minidl.plots.numbers import plain

Array = npt.NDArray[Any]


def where(visit: Visit) -> str:
    """Return at which operator a visit is, and in which direction it goes."""
    kind = "" if visit.name == LOSS else f" ({type(visit.op).__name__})"
    return f"{visit.direction} through {visit.name}{kind}"


def came_out(visit: Visit) -> str:
    """Return what a forward visit returned, in words."""
    if visit.returned.ndim == 0:
        return f"L = {plain(float(visit.returned), 4)}"
    low, high = float(visit.returned.min()), float(visit.returned.max())
    return f"output {visit.returned.shape}, values from {plain(low)} to {plain(high)}"


def came_back(visit: Visit, faults: dict[str, str]) -> str:
    """Return what a backward visit returned, and whether that is right, in words."""
    grads = [f"gradient of {key} {grad.shape}" for key, grad in visit.grads.items()]
    found = ", ".join([*grads, f"gradient so far {visit.returned.shape}"])
    if faults[visit.name]:
        return f"{found}, numerical check differs: {faults[visit.name]}"
    wrong = [name for name, fault in faults.items() if fault]
    after = f", but what it received is wrong since {wrong[0]}" if wrong else ""
    return f"{found}, numerical check agrees{after}"


def view_of(
    passes: Trace, step: int, faults: dict[str, str], *, samples: tuple[Array, Array]
) -> BackpropagationView:
    """Return what there is to see of a step."""
    visit = passes.visit(step)
    boxes = ["data", *passes.names, LOSS]
    seen = {(v.direction, v.name): v for v in passes.visits[:step]}
    value = seen.get((FORWARD, LOSS))
    columns, signs = _columns(visit, passes, faults.get(visit.name, ""))
    lower_columns, lower_signs = _products(visit, passes)
    forward = [_shape(seen.get((FORWARD, name))) for name in passes.names]
    return BackpropagationView(
        visit=visit,
        faults=faults,
        grads=gradients_so_far(passes, step),
        samples=samples,
        at=boxes.index(visit.name),
        forward=[str(passes.visits[0].received.shape), *forward],
        backward=[_shape(seen.get((BACKWARD, name))) for name in boxes[1:]],
        value=came_out(value) if value else "",
        checks=[_check(faults.get(name)) for name in boxes],
        heading=where(visit)[0].upper() + where(visit)[1:],
        note=_note(visit, passes, faults),
        columns=columns,
        signs=signs,
        lower_columns=lower_columns,
        lower_signs=lower_signs,
    )


def gradients_so_far(passes: Trace, step: int) -> dict[str, Array]:
    """Return the gradients of all parameters that backward has come to, by dotted name."""
    return {
        f"{visit.name}.{key}": grad
        for visit in passes.visits[:step]
        for key, grad in visit.grads.items()
    }


def _columns(visit: Visit, passes: Trace, fault: str) -> tuple[list[Column], list[str]]:
    """Return the matrices of a step, in columns, and the signs between the columns."""
    params = getattr(visit.op, "params", {})
    if visit.direction == FORWARD:
        first, last = ("input", "output") if visit.name != LOSS else ("predictions", "loss")
        middle = list(params.items()) or ([("labels", passes.labels)] if visit.name == LOSS else [])
        columns: list[Column] = [[(first, visit.received)], middle, [(last, visit.returned)]]
        return [column for column in columns if column], ["", "→"] if middle else ["→"]
    slopes, elementwise = local_gradient(visit, passes)
    columns = [
        [("received", visit.received)],
        [(_title(visit, slopes), slopes)],
        [("gradient so far", visit.returned)],
    ]
    signs = _signs(visit, slopes, elementwise, fault)
    if visit.grads and not _is_affine(visit, passes):
        columns.append([(f"∂L/∂{key}", visit.grads[key]) for key in params if key in visit.grads])
        signs = [*signs, ""]
    return columns, signs


def _products(visit: Visit, passes: Trace) -> tuple[list[Column], list[str]]:
    """Return the matrices that show how an affine layer gets its gradients: inputᵀ @ received."""
    if visit.direction == FORWARD or not _is_affine(visit, passes):
        return [], []
    x = passes.forward_of(visit.name).received
    columns: list[Column] = [
        [("inputᵀ", x.T)],
        [("received", visit.received)],
        [("∂L/∂W", visit.grads["W"])],
    ]
    others = [(f"∂L/∂{key}", grad) for key, grad in visit.grads.items() if key != "W"]
    return ([*columns, others], ["@", "=", ""]) if others else (columns, ["@", "="])


def _is_affine(visit: Visit, passes: Trace) -> bool:
    """Whether an operator's gradient of W is the product of its input and what it received."""
    x, g, W = passes.forward_of(visit.name).received, visit.received, visit.grads.get("W")
    return (
        W is not None
        and x.ndim == g.ndim == 2
        and W.shape == (x.shape[1], g.shape[1])
        and np.allclose(W, x.T @ g)
    )


def _signs(visit: Visit, slopes: Array, elementwise: bool, fault: str) -> list[str]:
    """Return what joins the gradient received, the local gradient and the gradient so far."""
    received, returned = visit.received, visit.returned
    if not elementwise and (received.ndim != 2 or received.shape[1] != len(slopes)):
        return ["", "→"]
    product = received * slopes if elementwise else received @ slopes
    fits = product.shape == returned.shape and np.allclose(product, returned, rtol=1e-3, atol=1e-6)
    if fits or fault:
        return ["×" if elementwise else "@", "=" if fits else "≠"]
    return ["", "→"]  # the slopes differ from sample to sample


def _title(visit: Visit, slopes: Array) -> str:
    """Return what the local gradient is, where it is one of the operator's parameters."""
    for key, value in getattr(visit.op, "params", {}).items():
        if value.T.shape == slopes.shape and np.allclose(value.T, slopes, atol=1e-6):
            return f"local gradient, {key}ᵀ"
    return "local gradient"


def _note(visit: Visit, passes: Trace, faults: dict[str, str]) -> str:
    """Return what happens at a step, in words."""
    if visit.direction == FORWARD:
        kept = f"It passes its output on and keeps {_kept(visit)}."
        return "How wrong the predictions are, as one number." if visit.name == LOSS else kept
    if visit.name == LOSS:
        return "Here the gradient starts: how the loss changes with each prediction."
    wrong = [name for name, fault in faults.items() if fault and name != visit.name]
    return _way_back(visit, passes) + (f" It was given what {wrong[0]} spoilt." if wrong else "")


def _kept(visit: Visit) -> str:
    """Return what an operator has saved on the way forward, in words."""
    try:
        saved = visit.op.saved_for_backward()
    except (RuntimeError, AttributeError):  # a learner's operator may keep it elsewhere
        return "what backward will need"
    named = {"its input": visit.received, "its output": visit.returned}
    parts = saved if isinstance(saved, tuple) else (saved,)
    kept = [name for name, value in named.items() if any(_equal(value, part) for part in parts)]
    return " and ".join(kept) + " for backward" if kept else "what backward will need"


def _equal(value: Array, part: Any) -> bool:
    return isinstance(part, np.ndarray) and np.array_equal(value, part, equal_nan=True)


def _way_back(visit: Visit, passes: Trace) -> str:
    """Return how an operator got its gradients, in words where they are as in an affine layer."""
    if not visit.grads:
        return "It turns the gradient for its output into the gradient for its input."
    if not _is_affine(visit, passes):
        return "It turns the gradient for its output into those for its input and its parameters."
    return "With the input it kept: ∂L/∂W = inputᵀ @ received; ∂L/∂b sums the rows received."


def _shape(visit: Visit | None) -> str:
    return "" if visit is None else str(visit.returned.shape)


def _check(fault: str | None) -> str:
    return "" if fault is None else "differs" if fault else "agrees"
