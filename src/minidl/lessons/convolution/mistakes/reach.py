"""Mistakes that learners make in "How far does it see?"."""

import math

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.convolution.solutions import reach


def stride_first(layers):
    seen, step = 1, 1
    for kernel, stride in layers:
        step *= stride
        seen += (kernel - 1) * step
    return seen


def own_stride(layers):
    return 1 + sum((kernel - 1) * stride for kernel, stride in layers)


def last_stride(layers):
    seen, step = 1, 1
    for kernel, stride in layers:
        seen += (kernel - 1) * step
        step = stride
    return seen


def sum_of_strides(layers):
    seen, step = 1, 0
    for kernel, stride in layers:
        seen += (kernel - 1) * max(step, 1)
        step += stride
    return seen


def whole_kernels(layers):
    seen, step = 0, 1
    for kernel, stride in layers:
        seen += kernel * step
        step *= stride
    return seen


def numbers_only(layers):
    return reach(layers) - 1


MISTAKES = Mistakes(
    Mistake(
        "no-stride",
        lambda layers: reach([(kernel, 1) for kernel, _ in layers]),
        "It adds up k − 1 and leaves out the strides: after a stride of 2, neighbours are two "
        "inputs apart.",
    ),
    Mistake(
        "stride-first",
        stride_first,
        "A layer's own stride comes too early: it moves the windows apart for the layers that "
        "follow, not for this one.",
    ),
    Mistake(
        "own-stride",
        own_stride,
        "It takes each layer's own stride. A layer's inputs lie apart by the strides of the layers "
        "before it, multiplied.",
    ),
    Mistake(
        "last-stride",
        last_stride,
        "It counts only the stride of the layer before. Strides multiply: two of 2 make 4.",
    ),
    Mistake(
        "sum-of-strides", sum_of_strides, "It adds the strides up. They multiply: 2 and 3 make 6."
    ),
    Mistake(
        "other-way-round",
        lambda layers: reach(list(layers)[::-1]),
        "It begins with the last layer. The first in the list is the first that sees the input.",
    ),
    Mistake(
        "whole-kernels",
        whole_kernels,
        "Windows of neighbours overlap: a further layer of 3 adds two windows, k − 1, not three.",
    ),
    Mistake(
        "product",
        lambda layers: math.prod(kernel for kernel, _ in layers),
        "It multiplies the kernels; but windows overlap, and each layer adds to what is seen.",
    ),
    Mistake(
        "sum",
        lambda layers: sum(kernel for kernel, _ in layers),
        "It adds the kernels up: each layer adds k − 1, times the strides before it, to 1.",
    ),
    Mistake("no-one", numbers_only, "Before any layer, one number sees itself: begin with 1."),
    Mistake(
        "two-layers",
        lambda layers: reach(layers[:2]),
        "It stops after two layers.",
    ),
    Mistake("values", lambda layers: reach(layers) + 2),
)
