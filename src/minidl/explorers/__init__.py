"""Explorers: pictures with controls that compute and redraw while the reader moves them.

Each name is called as a function in a lesson, `moons_explorer(noise=0.3)`, and is the explorer's
class.
"""

from minidl.explorers.activation.explorer import ActivationExplorer
from minidl.explorers.adaline.explorer import AdalineExplorer
from minidl.explorers.augmentation.explorer import AugmentationExplorer
from minidl.explorers.averages.explorer import AveragesExplorer
from minidl.explorers.backpropagation.explorer import BackpropagationExplorer
from minidl.explorers.bends.explorer import BendsExplorer
from minidl.explorers.clinic.explorer import ClinicExplorer
from minidl.explorers.convolution.explorer import ConvolutionExplorer
from minidl.explorers.cross_entropy.explorer import CrossEntropyExplorer
from minidl.explorers.ctc.explorer import CtcExplorer
from minidl.explorers.curvature.explorer import CurvatureExplorer
from minidl.explorers.descent.explorer import DescentExplorer
from minidl.explorers.drift.explorer import DriftExplorer
from minidl.explorers.dropout.explorer import DropoutExplorer
from minidl.explorers.gradient_flow.explorer import GradientExplorer
from minidl.explorers.graph_stepper.explorer import GraphStepper
from minidl.explorers.imbalance.explorer import ImbalanceExplorer
from minidl.explorers.layers.explorer import LayersExplorer
from minidl.explorers.learning_rate.explorer import RateExplorer
from minidl.explorers.likelihood.explorer import LikelihoodExplorer
from minidl.explorers.linear_map.explorer import LinearMapExplorer
from minidl.explorers.loss.explorer import LossExplorer
from minidl.explorers.moons.explorer import MoonsExplorer
from minidl.explorers.neuron.explorer import NeuronExplorer
from minidl.explorers.noisy_valley.explorer import NoisyValleyExplorer
from minidl.explorers.norms.explorer import NormsExplorer
from minidl.explorers.nudge.explorer import NudgeExplorer
from minidl.explorers.occlusion.explorer import OcclusionExplorer
from minidl.explorers.one_weight.explorer import OneWeightExplorer
from minidl.explorers.race.explorer import RaceExplorer
from minidl.explorers.regularization.explorer import RegularizationExplorer
from minidl.explorers.schedules.explorer import ScheduleExplorer
from minidl.explorers.search.explorer import SearchExplorer
from minidl.explorers.slips.explorer import SlipsExplorer
from minidl.explorers.softmax.explorer import SoftmaxExplorer
from minidl.explorers.watch_it_learn.explorer import WatchItLearn
from minidl.explorers.what_it_sees.explorer import WhatItSeesExplorer
from minidl.explorers.winners_curse.explorer import WinnersCurseExplorer

activation_explorer = ActivationExplorer
adaline_explorer = AdalineExplorer
augmentation_explorer = AugmentationExplorer
averages_explorer = AveragesExplorer
backpropagation_explorer = BackpropagationExplorer
bends_explorer = BendsExplorer
clinic_explorer = ClinicExplorer
convolution_explorer = ConvolutionExplorer
cross_entropy_explorer = CrossEntropyExplorer
ctc_explorer = CtcExplorer
curvature_explorer = CurvatureExplorer
descent_explorer = DescentExplorer
drift_explorer = DriftExplorer
dropout_explorer = DropoutExplorer
gradient_explorer = GradientExplorer
graph_stepper = GraphStepper
imbalance_explorer = ImbalanceExplorer
layers_explorer = LayersExplorer
likelihood_explorer = LikelihoodExplorer
linear_map_explorer = LinearMapExplorer
loss_explorer = LossExplorer
moons_explorer = MoonsExplorer
neuron_explorer = NeuronExplorer
noisy_valley_explorer = NoisyValleyExplorer
norms_explorer = NormsExplorer
nudge_explorer = NudgeExplorer
occlusion_explorer = OcclusionExplorer
one_weight_explorer = OneWeightExplorer
race_explorer = RaceExplorer
rate_explorer = RateExplorer
regularization_explorer = RegularizationExplorer
schedule_explorer = ScheduleExplorer
search = SearchExplorer
slips_explorer = SlipsExplorer
softmax_explorer = SoftmaxExplorer
watch_it_learn = WatchItLearn
what_it_sees = WhatItSeesExplorer
winners_curse = WinnersCurseExplorer

__all__ = [
    "ActivationExplorer",
    "AdalineExplorer",
    "AugmentationExplorer",
    "AveragesExplorer",
    "BackpropagationExplorer",
    "BendsExplorer",
    "ClinicExplorer",
    "ConvolutionExplorer",
    "CrossEntropyExplorer",
    "CtcExplorer",
    "CurvatureExplorer",
    "DescentExplorer",
    "DriftExplorer",
    "DropoutExplorer",
    "GradientExplorer",
    "GraphStepper",
    "ImbalanceExplorer",
    "LayersExplorer",
    "LikelihoodExplorer",
    "LinearMapExplorer",
    "LossExplorer",
    "MoonsExplorer",
    "NeuronExplorer",
    "NoisyValleyExplorer",
    "NormsExplorer",
    "NudgeExplorer",
    "OcclusionExplorer",
    "OneWeightExplorer",
    "RaceExplorer",
    "RateExplorer",
    "RegularizationExplorer",
    "ScheduleExplorer",
    "SearchExplorer",
    "SlipsExplorer",
    "SoftmaxExplorer",
    "WatchItLearn",
    "WhatItSeesExplorer",
    "WinnersCurseExplorer",
    "activation_explorer",
    "adaline_explorer",
    "augmentation_explorer",
    "averages_explorer",
    "backpropagation_explorer",
    "bends_explorer",
    "clinic_explorer",
    "convolution_explorer",
    "cross_entropy_explorer",
    "ctc_explorer",
    "curvature_explorer",
    "descent_explorer",
    "drift_explorer",
    "dropout_explorer",
    "gradient_explorer",
    "graph_stepper",
    "imbalance_explorer",
    "layers_explorer",
    "likelihood_explorer",
    "linear_map_explorer",
    "loss_explorer",
    "moons_explorer",
    "neuron_explorer",
    "noisy_valley_explorer",
    "norms_explorer",
    "nudge_explorer",
    "occlusion_explorer",
    "one_weight_explorer",
    "race_explorer",
    "rate_explorer",
    "regularization_explorer",
    "schedule_explorer",
    "search",
    "slips_explorer",
    "softmax_explorer",
    "watch_it_learn",
    "what_it_sees",
    "winners_curse",
]
