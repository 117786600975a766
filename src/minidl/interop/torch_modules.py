"""Modules of PyTorch's kind for what `torch.nn` has no single module for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch


class Residual(torch.nn.Module):  # type: ignore[misc] # its types are not read
    """x + f(x), or s(x) + f(x); see `minidl.nn.Residual`.

    Parameters
    ----------
    parts : mapping of str to torch.nn.Module
        The block f and, if there is one, the shortcut s.
    """

    def __init__(self, parts: Mapping[str, Any]) -> None:
        super().__init__()
        for name, part in parts.items():
            self.add_module(name, part)

    def forward(self, x: Any) -> Any:
        """Return the sum of what comes both ways."""
        body, *shortcut = self.children()
        return body(x) + (shortcut[0](x) if shortcut else x)


class GlobalAvgPool(torch.nn.Module):  # type: ignore[misc] # its types are not read
    """The mean of each channel, (N, C, …) to (N, C); see `minidl.nn.GlobalAvgPool`."""

    def forward(self, x: Any) -> Any:
        """Return the means."""
        return x.flatten(2).mean(2)
