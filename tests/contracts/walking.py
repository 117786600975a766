"""Finds every class of a kind by walking a package, so that none can escape its contract."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from types import ModuleType


def walk(package: ModuleType) -> list[ModuleType]:
    names = [info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return [package, *map(importlib.import_module, names)]


def classes_in(package: ModuleType, base: type) -> dict[str, type]:
    """Return the subclasses of `base`, and itself, that are defined inside `package`."""
    return {
        name: found
        for module in walk(package)
        for name, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, base) and found.__module__.startswith(f"{package.__name__}.")
    }
