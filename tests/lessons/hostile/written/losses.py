"""Hostile answers in the lesson on losses that no change of one place makes."""

import numpy as np

from minidl.gradcheck import numerical_gradient
from minidl.lessons.losses import solutions as right


def by_nudging(function):
    def answer(x, *args):
        value = function(x, *args)[0]
        slope = np.zeros_like(x)
        for place in np.ndindex(x.shape):
            ends = []
            for step in (1e-6, -1e-6):
                moved = x.copy()
                moved[place] += step
                ends.append(function(moved, *args)[0])
            slope[place] = (ends[0] - ends[1]) / 2e-6
        return value, slope

    return answer


def by_central_differences(function):
    def answer(x, *args):
        return function(x, *args)[0], numerical_gradient(lambda z: function(z, *args)[0], x)

    return answer


def constants_that_shift_the_labels(labels):
    found = right.best_constants(labels)
    labels -= found[0]
    return found


def logits_that_know_the_far_ones(x, y, pos_weight):
    near = np.clip(x, -900, 900)
    found = right.bce_with_logits(near, y, pos_weight)
    return np.where(abs(x) == 1000, right.bce_with_logits(x, y, pos_weight), found)


def hinge_with_a_mean_of_lengths(scores, labels, margin, factor):
    value, gradient = right.hinge(scores, labels, margin, factor)
    return value, gradient * len(scores) / max(len(scores), 2)


WRITTEN = {
    "constants": {
        "the median of three of them": lambda y: (np.mean(y), np.median(y[:3])),
        "changes the labels": constants_that_shift_the_labels,
        "a percentile": lambda y: (np.mean(y), np.percentile(y, 51)),
    },
    "smooth-l1": {
        "nudged": by_nudging(right.smooth_l1),
        "by central differences": by_central_differences(right.smooth_l1),
        "a soft step": lambda p, y, beta: (
            right.smooth_l1(p, y, beta)[0],
            np.tanh((p - y) / beta) / p.size,
        ),
    },
    "logits": {
        "clipped but for one": logits_that_know_the_far_ones,
        "weights from 1 on": lambda x, y, w: right.bce_with_logits(x, y, max(w, 1)),
        "whole labels": lambda x, y, w: right.bce_with_logits(x, np.rint(y), w),
    },
    "hinge": {
        "nudged": by_nudging(right.hinge),
        "one sample is two": hinge_with_a_mean_of_lengths,
        "margins of 1 at most": lambda s, y, m, f: right.hinge(s, y, min(m, 1), f),
        "factors of 1 at most": lambda s, y, m, f: right.hinge(s, y, m, min(f, 1)),
    },
    "triplet": {
        "margins of 1 at least": lambda a, p, n, m: right.triplet(a, p, n, max(m, 1)),
        "two dimensions": lambda a, p, n, m: right.triplet(a[:, :2], p[:, :2], n[:, :2], m),
        "anchors at 0": lambda a, p, n, m: right.triplet(0 * a, p, n, m),
    },
    "honest": {
        "weights from 1 on": lambda x, w: right.honest(x, max(w, 1)),
        "near 0 only": lambda x, w: right.honest(np.clip(x, -9, 9), w),
        "a table": lambda x, w: np.round(right.honest(np.round(x, 2), w), 4),
    },
}
