"""Solutions of the exercises in the lesson on losses."""

import numpy as np


def best_constants(labels):
    return np.mean(labels), np.median(labels)


def smooth_l1(predicts, labels, beta):
    error = predicts - labels
    size = np.abs(error)
    losses = np.where(size < beta, error**2 / (2 * beta), size - beta / 2)
    return losses.mean(), np.clip(error / beta, -1, 1) / error.size


def bce_with_logits(x, y, pos_weight):
    bend = np.log1p(np.exp(-np.abs(x)))  # log(1 + exp(±x)) = max(±x, 0) + bend
    return pos_weight * y * (np.maximum(-x, 0) + bend) + (1 - y) * (np.maximum(x, 0) + bend)


def hinge(scores, labels, margin):
    rows = np.arange(len(scores))
    lacking = np.maximum(0, margin + scores - scores[rows, labels][:, np.newaxis])
    lacking[rows, labels] = 0
    slope = 1.0 * (lacking > 0)
    slope[rows, labels] = -slope.sum(axis=1)
    return lacking.sum() / len(scores), slope / len(scores)


def weighted_cross_entropy(logits, labels, weight):
    rows = np.arange(len(logits))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    w = weight[labels]
    value = -(w * log_p[rows, labels]).sum() / w.sum()
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    gradient *= w[:, np.newaxis] / w.sum()
    return value, gradient
