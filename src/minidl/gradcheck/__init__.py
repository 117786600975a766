"""Check `backward` against central differences, the slow and obvious way to a gradient."""

from minidl.gradcheck.check import gradcheck, gradcheck_loss
from minidl.gradcheck.differences import float64_copy, numerical_gradient, repeatable
from minidl.gradcheck.report import GradCheckReport, GradCheckRow

__all__ = [
    "GradCheckReport",
    "GradCheckRow",
    "float64_copy",
    "gradcheck",
    "gradcheck_loss",
    "numerical_gradient",
    "repeatable",
]
