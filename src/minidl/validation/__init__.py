"""Argument and shape checks with one wording: what was expected, what came, what to try."""

from minidl.validation.arguments import (
    as_generator,
    check_bool,
    check_choice,
    check_name,
    check_positive_int,
    check_real,
    describe,
)
from minidl.validation.arrays import (
    as_array_of,
    as_float_array,
    as_index_array,
    as_number_array,
    check_finite,
    check_float_dtype,
    extremes,
    smallest,
)
from minidl.validation.conversion import as_plain_array

__all__ = [
    "as_array_of",
    "as_float_array",
    "as_generator",
    "as_index_array",
    "as_number_array",
    "as_plain_array",
    "check_bool",
    "check_choice",
    "check_finite",
    "check_float_dtype",
    "check_name",
    "check_positive_int",
    "check_real",
    "describe",
    "extremes",
    "smallest",
]
