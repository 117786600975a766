"""A deep-learning library on NumPy, small enough to be read from the first line to the last.

`import minidl` costs NumPy and a few milliseconds; everything is imported from the package
that defines it, for example `from minidl.nn import Linear`.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
