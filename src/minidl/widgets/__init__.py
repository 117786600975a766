"""Explorers: pictures with controls that compute and redraw while the reader moves them."""

try:
    import ipywidgets as _ipywidgets  # noqa: F401
except ImportError as error:
    raise ImportError(
        "minidl.widgets needs ipywidgets. Try: python -m pip install 'minidl[lab]'"
    ) from error

from minidl.widgets.activation import ActivationExplorer, activation_explorer
from minidl.widgets.adaline import AdalineExplorer, adaline_explorer
from minidl.widgets.backpropagation import BackpropagationExplorer, backpropagation_explorer
from minidl.widgets.cross_entropy import CrossEntropyExplorer, cross_entropy_explorer
from minidl.widgets.dropout import DropoutExplorer, dropout_explorer
from minidl.widgets.explorer import Explorer
from minidl.widgets.gradient_flow import GradientExplorer, gradient_explorer
from minidl.widgets.graph_stepper import GraphStepper, graph_stepper
from minidl.widgets.learning_rate import RateExplorer, rate_explorer
from minidl.widgets.linear_map import LinearMapExplorer, linear_map_explorer
from minidl.widgets.moons import MoonsExplorer, moons_explorer
from minidl.widgets.neuron import NeuronExplorer, neuron_explorer
from minidl.widgets.one_weight import OneWeightExplorer, one_weight_explorer
from minidl.widgets.regularization import RegularizationExplorer, regularization_explorer

__all__ = [
    "ActivationExplorer",
    "AdalineExplorer",
    "BackpropagationExplorer",
    "CrossEntropyExplorer",
    "DropoutExplorer",
    "Explorer",
    "GradientExplorer",
    "GraphStepper",
    "LinearMapExplorer",
    "MoonsExplorer",
    "NeuronExplorer",
    "OneWeightExplorer",
    "RateExplorer",
    "RegularizationExplorer",
    "activation_explorer",
    "adaline_explorer",
    "backpropagation_explorer",
    "cross_entropy_explorer",
    "dropout_explorer",
    "gradient_explorer",
    "graph_stepper",
    "linear_map_explorer",
    "moons_explorer",
    "neuron_explorer",
    "one_weight_explorer",
    "rate_explorer",
    "regularization_explorer",
]
