"""The engine of the explorers in `minidl.explorers`: pictures with controls."""

try:
    import anywidget as _anywidget  # noqa: F401
    import ipywidgets as _ipywidgets  # noqa: F401
except ImportError as error:
    raise ImportError(
        "minidl.widgets needs ipywidgets and anywidget. Try: python -m pip install 'minidl[lab]'"
    ) from error

from minidl.widgets.explorer import Explorer
from minidl.widgets.playground import Playground

__all__ = ["Explorer", "Playground"]
