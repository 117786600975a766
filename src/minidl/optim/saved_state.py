"""Whether a saved state has the form that an optimizer expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from minidl.validation import describe


def faults_of(saved: Any, template: Any, name: str = "") -> Iterator[str]:
    """Yield, in words, where a saved state differs in form from its template.

    Both are trees of dicts and lists with numbers and arrays at their leaves. A dict must have
    the template's keys, an array its shape and dtype, a number its type, and each item of a list
    the form of the one item that the template's list has.

    Examples
    --------
    >>> template = {"fc1.W": {"step": 0, "exp_avg": np.zeros((2, 1))}}
    >>> list(faults_of({"fc1.W": {"step": 3}, "fc2.W": {}}, template))
    ['exp_avg of fc1.W is missing', 'fc2.W is unexpected']
    """
    if isinstance(template, dict) and isinstance(saved, dict):
        yield from _faults_of_dict(saved, template, name)
    elif isinstance(template, list) and isinstance(saved, list):
        for position, item in enumerate(saved):
            yield from faults_of(item, template[0], f"{name}[{position}]")
    elif _form(saved) != _form(template):
        yield f"{name or 'state'} is {describe(saved)} and should be {_form(template)}"


def outline(groups: Sequence[Mapping[str, Any]]) -> str:
    """Return groups in words, with the names of their parameters and options.

    Examples
    --------
    >>> outline([{"params": ["fc1.W"], "lr": 0.1}])
    "['fc1.W'] with ['lr']"
    """
    return "; ".join(f"{g['params']} with {sorted(set(g) - {'params'})}" for g in groups)


def _faults_of_dict(saved: Any, template: Any, name: str) -> Iterator[str]:
    of = f" of {name}" if name else ""
    for key, expected in template.items():
        if key in saved:
            yield from faults_of(saved[key], expected, f"{key}{of}")
        else:
            yield f"{key}{of} is missing"
    yield from (f"{key}{of} is unexpected" for key in saved if key not in template)


def _form(value: Any) -> str:
    return describe(value) if isinstance(value, np.ndarray) else f"of type {type(value).__name__}"
