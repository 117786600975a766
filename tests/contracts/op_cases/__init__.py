"""One case, or more, for every layer of `minidl.nn`: how it is made and what it is fed.

A new layer needs a file here with its `CASES`, and nothing else: every contract runs over all.
Bases, which have no case because a subclass must finish them, stand in the file's `ABSTRACT`.
"""

import sys

from tests.contracts.op_cases.case import OpCase
from tests.contracts.walking import walk

__all__ = ["ABSTRACT", "CASES", "OpCase"]

MODULES = walk(sys.modules[__name__])[1:]
CASES: list[OpCase] = [case for module in MODULES for case in getattr(module, "CASES", ())]
ABSTRACT = {kind for module in MODULES for kind in getattr(module, "ABSTRACT", ())}
