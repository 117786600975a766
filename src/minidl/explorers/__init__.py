"""Explorers: pictures with controls that compute and redraw while the reader moves them.

Each name is called as a function in a lesson, `moons_explorer(noise=0.3)`, and is the explorer's
class.
"""

from minidl.explorers.activation.explorer import ActivationExplorer
from minidl.explorers.adaline.explorer import AdalineExplorer
from minidl.explorers.backpropagation.explorer import BackpropagationExplorer
from minidl.explorers.cross_entropy.explorer import CrossEntropyExplorer
from minidl.explorers.dropout.explorer import DropoutExplorer
from minidl.explorers.gradient_flow.explorer import GradientExplorer
from minidl.explorers.graph_stepper.explorer import GraphStepper
from minidl.explorers.learning_rate.explorer import RateExplorer
from minidl.explorers.linear_map.explorer import LinearMapExplorer
from minidl.explorers.moons.explorer import MoonsExplorer
from minidl.explorers.neuron.explorer import NeuronExplorer
from minidl.explorers.noisy_valley.explorer import NoisyValleyExplorer
from minidl.explorers.one_weight.explorer import OneWeightExplorer
from minidl.explorers.regularization.explorer import RegularizationExplorer
from minidl.explorers.schedules.explorer import ScheduleExplorer
from minidl.explorers.watch_it_learn.explorer import WatchItLearn

activation_explorer = ActivationExplorer
adaline_explorer = AdalineExplorer
backpropagation_explorer = BackpropagationExplorer
cross_entropy_explorer = CrossEntropyExplorer
dropout_explorer = DropoutExplorer
gradient_explorer = GradientExplorer
graph_stepper = GraphStepper
linear_map_explorer = LinearMapExplorer
moons_explorer = MoonsExplorer
neuron_explorer = NeuronExplorer
noisy_valley_explorer = NoisyValleyExplorer
one_weight_explorer = OneWeightExplorer
rate_explorer = RateExplorer
regularization_explorer = RegularizationExplorer
schedule_explorer = ScheduleExplorer
watch_it_learn = WatchItLearn

__all__ = [
    "ActivationExplorer",
    "AdalineExplorer",
    "BackpropagationExplorer",
    "CrossEntropyExplorer",
    "DropoutExplorer",
    "GradientExplorer",
    "GraphStepper",
    "LinearMapExplorer",
    "MoonsExplorer",
    "NeuronExplorer",
    "NoisyValleyExplorer",
    "OneWeightExplorer",
    "RateExplorer",
    "RegularizationExplorer",
    "ScheduleExplorer",
    "WatchItLearn",
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
    "noisy_valley_explorer",
    "one_weight_explorer",
    "rate_explorer",
    "regularization_explorer",
    "schedule_explorer",
    "watch_it_learn",
]
