"""Solutions of the exercises in the lesson `likelihood`."""

import numpy as np

from minidl.numerics import log_softmax


def my_softmax(scores):
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def my_log_softmax(scores):
    below = scores - scores.max(axis=1, keepdims=True)
    return below - np.log(np.exp(below).sum(axis=1, keepdims=True))


def cross_entropy(scores, labels):
    below = scores - scores.max(axis=1, keepdims=True)
    log_p = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    samples = np.arange(len(labels))
    gradient = np.exp(log_p)
    gradient[samples, labels] -= 1
    return -log_p[samples, labels].mean(), gradient / len(labels)


def kl_divergence(log_q, p):
    log_p = np.log(np.where(p > 0, p, 1))
    return (p * (log_p - log_q)).sum(axis=1).mean()


def weighted_cross_entropy(scores, labels, weight):
    log_p = log_softmax(scores)
    samples, w = np.arange(len(labels)), weight[labels]
    loss = np.sum(-w * log_p[samples, labels]) / w.sum()
    gradient = np.exp(log_p)
    gradient[samples, labels] -= 1
    return loss, gradient * w[:, np.newaxis] / w.sum()
