"""Ready models: what the lessons build by hand, for the chapters that come after."""

from minidl.models.binary import logistic_regression, two_layer_net
from minidl.models.fully_connected import FullyConnectedNet, TwoLayerNet
from minidl.models.lenet import LeNet

__all__ = ["FullyConnectedNet", "LeNet", "TwoLayerNet", "logistic_regression", "two_layer_net"]
