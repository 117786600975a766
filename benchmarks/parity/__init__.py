"""How far minidl's numbers are from PyTorch's, as tables in `docs/parity`.

Run with `python -m benchmarks.parity`, or `python -m benchmarks.parity losses` for one part. A part
is a module here with a `TITLE`, a text `ABOUT` it and `rows()`; each row is a mapping from columns
to what stands there, the numbers being differences. Name it in `__main__`.
"""
