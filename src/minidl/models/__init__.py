"""Ready models: what the lessons build by hand, for the chapters that come after."""

from minidl.models.binary import logistic_regression, two_layer_net

__all__ = ["logistic_regression", "two_layer_net"]
