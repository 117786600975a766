"""One case, or more, for every layer of `minidl.nn`: how it is made and what it is fed.

A new layer needs a file here with its `CASES`, and nothing else: every contract runs over all.
"""

import sys

from minidl import nn
from tests.contracts.op_cases.case import OpCase
from tests.contracts.walking import walk

__all__ = ["ABSTRACT", "CASES", "OpCase"]

CASES: list[OpCase] = [
    case for module in walk(sys.modules[__name__])[1:] for case in getattr(module, "CASES", ())
]

# What has no case because a subclass must finish it.
ABSTRACT = {nn.Activation, nn.BatchNorm}
