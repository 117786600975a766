"""A model as ONNX, which programs in many languages run without NumPy or Python.

Written with the package `onnx` itself, node by node, and not by way of PyTorch's exporter: that
needs PyTorch, onnx and onnxscript, changes from release to release, and knows nothing of the
layers that PyTorch lacks. A dozen kinds of nodes are all that a model here consists of.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.interop.onnx_nodes import NODES, SINGLE_ONLY
from minidl.interop.pytorch import composite_of
from minidl.nn import Embedding, Sequential
from minidl.op import Op
from minidl.storage import as_path
from minidl.storage.archive import write_file
from minidl.storage.paths import check_can_write_in, made
from minidl.train.arrays import as_numbers, dtype_of
from minidl.train.evaluation import predict_all
from minidl.validation import check_float_dtype, describe

OPSET, IR = 17, 8
"""Versions of the format that programs of 2022 and later read."""


def to_onnx(model: Op, x: Any, *, dtype: npt.DTypeLike | None = None) -> Any:
    """Return a model as an ONNX graph that computes what it predicts, always as in evaluation.

    Parameters
    ----------
    model : Op
        A `Sequential`, in which others may stand, or a single layer.
    x : array_like
        Some inputs (N, …). The graph takes any number of samples of this shape: whole numbers
        where the first layer is an `Embedding`, else fractions.
    dtype : dtype, optional
        float32 or float64; by default that in which the model computes.

    Returns
    -------
    onnx.ModelProto
        Checked by `onnx.checker`; its input is called "x", its output "y".

    Raises
    ------
    ImportError
        If onnx is not installed.
    TypeError, ValueError
        Naming a layer that cannot be written, or if x will not do.

    Examples
    --------
    >>> from minidl.nn import Linear, ReLU
    >>> model = Sequential(Linear(2, 5), ReLU())
    >>> graph = to_onnx(model, [[0.5, 1.0]]).graph  # doctest: +SKIP
    >>> [node.op_type for node in graph.node]  # doctest: +SKIP
    ['MatMul', 'Add', 'Relu']
    """
    onnx = import_onnx()
    if not isinstance(model, Op):
        raise TypeError(f"to_onnx: expected a model, received {describe(model)}")
    list(model.named_layers())  # refuses double names
    x = as_numbers(x, "x", dtype_of(model))
    y, _ = predict_all(model, [(x, ())])
    graph = OnnxGraph(onnx, check_precision(y.dtype if dtype is None else dtype))
    graph.nodes.append(onnx.helper.make_node("Identity", [graph.write(model, "x")], ["y"]))
    taken = np.dtype(np.int64) if isinstance(first_layer(model), Embedding) else graph.dtype
    proto = onnx.helper.make_model(
        onnx.helper.make_graph(
            graph.nodes,
            "minidl",
            [graph.value("x", taken, x.shape)],
            [graph.value("y", graph.dtype, y.shape)],
            graph.constants,
        ),
        opset_imports=[onnx.helper.make_opsetid("", OPSET)],
        ir_version=IR,
        producer_name="minidl",
    )
    onnx.checker.check_model(proto, full_check=True)
    return proto


def save_onnx(model: Op, path: str | Path, x: Any, *, dtype: npt.DTypeLike | None = None) -> None:
    """Save a model as a file that programs with an ONNX runtime load; see `to_onnx`.

    Parameters
    ----------
    model : Op
        The model.
    path : str or Path
        The file, such as "digits.onnx"; it is replaced as a whole or not at all.
    x, dtype
        See `to_onnx`.
    """
    path = as_path(path, "path").absolute()
    data = to_onnx(model, x, dtype=dtype).SerializeToString()
    check_can_write_in(path.parent, "path")
    with made(path.parent):
        write_file(path, data)


def check_precision(dtype: npt.DTypeLike) -> np.dtype[Any]:
    """Return float32 or float64; refuse what programs do not compute in throughout.

    Raises
    ------
    TypeError, ValueError
        If it is something else.
    """
    found = check_float_dtype(dtype, "dtype")
    if found not in (np.float32, np.float64):
        raise ValueError(f"dtype: expected float32 or float64, received {found}")
    return found


def import_onnx() -> Any:
    """Return the package onnx.

    Raises
    ------
    ImportError
        If it is not installed.
    """
    try:
        import onnx
    except ImportError as error:
        raise ImportError(
            "to_onnx: expected onnx, which is not installed; try pip install minidl[onnx]"
        ) from error
    return onnx


def first_layer(op: Op) -> Op:
    """Return the layer that sees the input.

    Examples
    --------
    >>> from minidl.nn import Tanh
    >>> first_layer(Sequential(Sequential(Tanh()), Embedding(2, 3)))
    Tanh()
    """
    return first_layer(op.layers[0]) if op.layers else op


class OnnxGraph:
    """Nodes and constants as they are written; see `minidl.interop.onnx_nodes.Graph`.

    Parameters
    ----------
    onnx : module
        The package.
    dtype : dtype
        In which the graph computes.
    """

    def __init__(self, onnx: Any, dtype: np.dtype[Any]) -> None:
        self._onnx = onnx
        self.dtype = dtype
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._layer = ""

    def write(self, op: Op, x: str) -> str:
        """Add all nodes of an op; return the name of its output."""
        if composite_of(op) is Sequential:
            for layer in op.layers:
                x = self.write(layer, x)
            return x
        if type(op) not in NODES:
            raise TypeError(f"to_onnx: expected a layer that can be written, received {op!r}")
        self._layer = str(op)
        return NODES[type(op)](self, op, x)

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node; return the name of its output."""
        if kind in SINGLE_ONLY and self.dtype != np.float32:
            raise ValueError(
                f"to_onnx: {self._layer}: expected float32, the only precision in which "
                f"runtimes compute {kind}, received {self.dtype}; try dtype='float32'"
            )
        output = f"{kind}{len(self.nodes)}"
        self.nodes.append(self._onnx.helper.make_node(kind, inputs, [output], **attributes))
        return output

    def constant(self, value: Any) -> str:
        """Add a constant of the graph's dtype, or of whole numbers; return its name."""
        array = np.asarray(value)
        array = array.astype(self.dtype) if array.dtype.kind == "f" else array
        name = f"constant{len(self.constants)}"
        self.constants.append(self._onnx.numpy_helper.from_array(array, name))
        return name

    def value(self, name: str, dtype: np.dtype[Any], shape: tuple[int, ...]) -> Any:
        """Return the description of an input or output with any number N of samples."""
        kind = self._onnx.helper.np_dtype_to_tensor_dtype(dtype)
        return self._onnx.helper.make_tensor_value_info(name, kind, ["N", *shape[1:]])
