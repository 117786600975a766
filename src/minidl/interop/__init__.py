"""Ways to other tools: models to and from PyTorch, and as ONNX for any program that runs it.

Each needs an extra, `minidl[torch]` or `minidl[onnx]`, and asks for it when it is called.
"""

from minidl.interop.onnx_file import save_onnx, to_onnx
from minidl.interop.pytorch import from_torch, to_torch
from minidl.interop.torch_state import load_torch_state, torch_state

__all__ = [
    "from_torch",
    "load_torch_state",
    "save_onnx",
    "to_onnx",
    "to_torch",
    "torch_state",
]
