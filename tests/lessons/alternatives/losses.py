"""Right answers to the exercises of the lesson on losses, as somebody else would write them."""

import math
from statistics import fmean, median

import numpy as np

from minidl.numerics import sigmoid


def constants_by_statistics(labels):
    return [fmean(labels.tolist()), median(labels.tolist())]


def constants_with_the_lower_middle(labels):
    return labels.sum() / labels.size, np.sort(labels)[(len(labels) - 1) // 2]


def constants_by_trying(labels):
    costs = [sum(abs(c - y) for y in labels) for c in labels]
    return sum(labels) / len(labels), labels[int(np.argmin(costs))]


def smooth_in_a_loop(predicts, labels, beta):
    gradient = np.zeros(predicts.shape)
    total = 0.0
    for place in np.ndindex(predicts.shape):
        d = predicts[place] - labels[place]
        if abs(d) < beta:
            total += 0.5 * d * d / beta
            gradient[place] = d / beta
        else:
            total += abs(d) - 0.5 * beta
            gradient[place] = math.copysign(1, d)
    return total / predicts.size, gradient / predicts.size


def smooth_by_inner_part(predicts, labels, beta):
    d = predicts - labels
    inside = np.clip(d, -beta, beta)
    return np.mean(inside**2 / (2 * beta) + abs(d - inside)), inside / beta / d.size


def smooth_by_masks(predicts, labels, beta):
    d = predicts - labels
    near = np.abs(d) <= beta
    value = np.sum(near * d**2 / beta / 2 + ~near * (np.abs(d) - beta / 2)) / np.size(d)
    return [value, (near * d / beta + ~near * np.sign(d)) / np.size(d)]


def logits_by_logaddexp(x, y, pos_weight):
    return pos_weight * y * np.logaddexp(0, -x) + (1 - y) * np.logaddexp(0, x)


def logits_by_one_bend(x, y, pos_weight):
    bend = np.logaddexp(0, -np.abs(x))
    weight = pos_weight * y
    return weight * (bend - np.minimum(x, 0)) + (1 - y) * (bend + np.maximum(x, 0))


def logits_by_masks(x, y, pos_weight):
    small = np.exp(np.where(x > 0, -x, x))
    up = np.where(x > 0, x, 0) + np.log1p(small)
    return pos_weight * (y * (up - x)) + up - y * up


def hinge_in_a_loop(scores, labels, margin, factor):
    gradient, total = np.zeros_like(scores), 0.0
    for n, y in enumerate(labels):
        for i in range(scores.shape[1]):
            lacking = margin + scores[n, i] - scores[n, y]
            if i != y and lacking > 0:
                total += lacking
                gradient[n, i] += factor / len(scores)
                gradient[n, y] -= factor / len(scores)
    return factor * total / len(scores), gradient


def hinge_less_the_margin(scores, labels, margin, factor):
    right = np.take_along_axis(scores, labels[:, None], axis=1)
    lacking = np.maximum(margin + scores - right, 0)
    unmet = (lacking > 0).astype(float)
    unmet -= np.eye(scores.shape[1])[labels] * unmet.sum(axis=1, keepdims=True)
    return factor * (lacking.sum(axis=1).mean() - margin), factor * unmet / len(scores)


def hinge_by_deleting(scores, labels, margin, factor):
    one_hot = labels[:, None] == np.arange(scores.shape[1])
    lacking = np.where(one_hot, 0, margin + scores - scores[one_hot][:, None]).clip(0)
    slope = factor / len(labels) * np.sign(lacking)
    value = factor * np.mean(lacking.sum(1))
    return value, np.where(one_hot, -slope.sum(1)[:, None], slope)


def honest_by_shift(logits, pos_weight):
    return 0.5 * (1 + np.tanh((logits - math.log(pos_weight)) / 2))


def honest_by_odds(logits, pos_weight):
    odds = np.exp(logits) / pos_weight
    return odds / (1 + odds)


def honest_by_probabilities(logits, pos_weight):
    p = 1 / (1 + np.exp(-logits))
    q = 1 / (1 + np.exp(logits))
    return p / (p + pos_weight * q)


def honest_with_sigmoid(logits, pos_weight):
    return sigmoid(logits - np.log(pos_weight))


def triplet_in_a_loop(anchor, positive, negative, margin):
    rows = zip(anchor, positive, negative, strict=True)
    return np.array([max(0.0, math.dist(a, p) - math.dist(a, n) + margin) for a, p, n in rows])


def triplet_by_squares(anchor, positive, negative, margin):
    near, far = (np.sqrt(np.square(anchor - x).sum(1)) for x in (positive, negative))
    return np.where(near + margin > far, near + margin - far, 0)


def triplet_by_einsum(anchor, positive, negative, margin):
    both = np.stack([positive, negative]) - anchor
    near, far = np.sqrt(np.einsum("knd,knd->kn", both, both))
    return np.clip(margin + near - far, 0, None)


ALTERNATIVES = {
    "constants": [
        constants_by_statistics,
        constants_with_the_lower_middle,
        constants_by_trying,
    ],
    "smooth-l1": [smooth_in_a_loop, smooth_by_inner_part, smooth_by_masks],
    "logits": [logits_by_logaddexp, logits_by_one_bend, logits_by_masks],
    "hinge": [hinge_in_a_loop, hinge_less_the_margin, hinge_by_deleting],
    "triplet": [triplet_in_a_loop, triplet_by_squares, triplet_by_einsum],
    "honest": [honest_by_shift, honest_by_odds, honest_by_probabilities, honest_with_sigmoid],
}
