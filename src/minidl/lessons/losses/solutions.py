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


def hinge(scores, labels, margin, factor):
    rows = np.arange(len(scores))
    lacking = np.maximum(0, margin + scores - scores[rows, labels][:, np.newaxis])
    lacking[rows, labels] = 0
    slope = 1.0 * (lacking > 0)
    slope[rows, labels] = -slope.sum(axis=1)
    return factor * lacking.sum() / len(scores), factor * slope / len(scores)


def honest(logits, pos_weight):
    return 1 / (1 + pos_weight * np.exp(-logits))  # the odds are exp(x) / w


def triplet(anchor, positive, negative, margin):
    to_positive = np.linalg.norm(anchor - positive, axis=1)
    to_negative = np.linalg.norm(anchor - negative, axis=1)
    return np.maximum(0, margin + to_positive - to_negative)
