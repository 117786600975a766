"""Ready models: what the lessons build by hand, for the chapters that come after."""

from minidl.models.binary import logistic_regression, two_layer_net
from minidl.models.fully_connected import FullyConnectedNet, TwoLayerNet

__all__ = ["FullyConnectedNet", "TwoLayerNet", "logistic_regression", "two_layer_net"]
