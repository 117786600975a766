"""The ready models, small."""

from minidl.models import FullyConnectedNet, LeNet, TwoLayerNet, two_layer_net
from minidl.nn import Sequential

MODELS = [
    two_layer_net(6, 5, 3, rng=0),
    TwoLayerNet(6, 5, 3, rng=0),
    FullyConnectedNet(6, [5, 4], 3, normalization="batch", keep_prob=0.8, rng=0),
    LeNet(rng=0),
]
SHAPES = {
    Sequential: (7, 6),
    TwoLayerNet: (7, 6),
    FullyConnectedNet: (7, 6),
    LeNet: (3, 1, 28, 28),
}
