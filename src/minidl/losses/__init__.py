"""Losses: how wrong predictions are, as one number, and its gradient."""

from minidl.losses.base import Loss
from minidl.losses.binary import BCELoss, BCEWithLogitsLoss
from minidl.losses.class_indexed import ClassIndexedLoss
from minidl.losses.ctc import CTCLoss
from minidl.losses.distribution import KLDivLoss, PoissonNLLLoss
from minidl.losses.elementwise import ElementwiseLoss, WeightedElementwiseLoss
from minidl.losses.embedding import CosineEmbeddingLoss, HingeEmbeddingLoss, TripletMarginLoss
from minidl.losses.margin import MarginRankingLoss
from minidl.losses.multi_label_margin import MultiLabelMarginLoss
from minidl.losses.multi_margin import (
    MarginOverClasses,
    MulticlassHingeLoss,
    MultiMarginLoss,
)
from minidl.losses.multiclass import CrossEntropyLoss, NLLLoss
from minidl.losses.regression import L1Loss, MSELoss, SmoothL1Loss
from minidl.losses.soft_margin import MultiLabelSoftMarginLoss, SoftMarginLoss

__all__ = [
    "BCELoss",
    "BCEWithLogitsLoss",
    "CTCLoss",
    "ClassIndexedLoss",
    "CosineEmbeddingLoss",
    "CrossEntropyLoss",
    "ElementwiseLoss",
    "HingeEmbeddingLoss",
    "KLDivLoss",
    "L1Loss",
    "Loss",
    "MSELoss",
    "MarginOverClasses",
    "MarginRankingLoss",
    "MultiLabelMarginLoss",
    "MultiLabelSoftMarginLoss",
    "MultiMarginLoss",
    "MulticlassHingeLoss",
    "NLLLoss",
    "PoissonNLLLoss",
    "SmoothL1Loss",
    "SoftMarginLoss",
    "TripletMarginLoss",
    "WeightedElementwiseLoss",
]
