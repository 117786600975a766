"""The engine of the explorers in `minidl.explorers`: pictures with controls."""

try:
    import ipywidgets as _ipywidgets  # noqa: F401
except ImportError as error:
    raise ImportError(
        "minidl.widgets needs ipywidgets. Try: python -m pip install 'minidl[lab]'"
    ) from error

from minidl.widgets.explorer import Explorer

__all__ = ["Explorer"]
