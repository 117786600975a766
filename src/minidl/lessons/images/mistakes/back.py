"""Mistakes that learners make in "Find the fault: an inverse that changes its input"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def column(numbers):
    return numbers[:, np.newaxis, np.newaxis]


def fractions_of(x, mean, std):
    return x * column(std) + column(mean)


def bytes_of(fractions):
    return np.rint(255 * np.clip(fractions, 0, 1)).astype(np.uint8)


def shown(fractions=fractions_of, to_bytes=bytes_of, axes=lambda x: x.transpose(1, 2, 0)):
    """Return an answer of three steps, one of which slips."""
    return lambda x, mean, std: axes(to_bytes(fractions(x, mean, std)))


def in_place(x, mean, std):
    x *= column(std)
    x += column(mean)
    return x


def wrapped(fractions):
    return np.rint(255 * fractions).astype(np.int64).astype(np.uint8)


def truncated(fractions):
    return (255 * np.clip(fractions, 0, 1)).astype(np.uint8)


def fractions_only(fractions):
    return np.clip(fractions, 0, 1)


def rounded_fractions(fractions):
    return np.rint(np.clip(fractions, 0, 255)).astype(np.uint8)


def as_fractions_cut(fractions):
    return np.clip(fractions, 0, 1).astype(np.uint8)


def reshaped(picture):
    return picture.reshape(*picture.shape[1:], 3)


MISTAKES = Mistakes(
    Mistake("changes-its-input", shown(in_place)),
    Mistake(
        "wraps-round",
        shown(to_bytes=wrapped),
        "A byte holds 0 to 255, and 256 becomes 0 again: bright spots turn dark. Cut with "
        "`np.clip` before you convert.",
    ),
    Mistake(
        "cut-down",
        shown(to_bytes=truncated),
        "`astype` drops what is behind the point, so that 99.9999 becomes 99. Round first, with "
        "`np.rint`.",
    ),
    Mistake(
        "plus-first",
        shown(lambda x, mean, std: (x + column(mean)) * column(std)),
        "Forth it was minus mean, then divided by std. Back, the last step is undone first: times "
        "std, then plus mean.",
    ),
    Mistake(
        "forth-again",
        shown(lambda x, mean, std: (x - column(mean)) / column(std)),
        "That normalizes once more; the way back is times std, plus mean.",
    ),
    Mistake("no-mean", shown(lambda x, mean, std: x * column(std)), "The mean is not added back."),
    Mistake(
        "no-std",
        shown(lambda x, mean, std: x + column(mean)),
        "The deviation is not multiplied back.",
    ),
    Mistake(
        "one-for-all",
        shown(lambda x, mean, std: x * std[0] + mean[0]),
        "All channels get the mean and deviation of red; each has its own.",
    ),
    Mistake(
        "reshaped",
        shown(axes=reshaped),
        "`reshape` reads the numbers on in their order and mixes the channels. To make the first "
        "axis the last, move it: `transpose(1, 2, 0)`.",
    ),
    Mistake(
        "lying",
        shown(axes=lambda x: x.transpose(2, 1, 0)),
        "Rows and columns are exchanged, so that the picture lies on its side.",
    ),
    Mistake(
        "blue-first",
        shown(axes=lambda x: x.transpose(1, 2, 0)[..., ::-1]),
        "Red and blue are exchanged.",
    ),
    Mistake("channels-first", shown(axes=lambda x: x), "The channels are to be the last axis."),
    Mistake("fractions", shown(to_bytes=fractions_only), "These are fractions, not bytes."),
    Mistake(
        "fractions",
        shown(to_bytes=as_fractions_cut),
        "As bytes, fractions are all 0 or 1: first times 255.",
    ),
    Mistake(
        "rounded-fractions",
        shown(to_bytes=rounded_fractions),
        "These are fractions, rounded to 0 or 1. A byte is 255 times the fraction: multiply first, "
        "then round.",
    ),
    Mistake(
        "not-bytes",
        lambda x, mean, std: shown()(x, mean, std).astype(np.float64),
        "The numbers are right, but their type is not that of bytes: end with `.astype(np.uint8)`.",
    ),
    Mistake("values", lambda x, mean, std: shown()(x, mean, std) // 2),
)
