"""Mistakes that learners make in "A window over an image"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.convolution.solutions import slide_image


def windows(padded, kernel, rows, columns):
    """Return the sums of the windows that begin in some rows and columns."""
    height, width = kernel.shape
    parts = [[padded[i : i + height, j : j + width] for j in columns] for i in rows]
    return np.array([[(part * kernel).sum() for part in row] for row in parts])


def starts(length, window, stride, short=0):
    return range(0, length - window + 1 - short, stride)


def sliding(strides=(True, True), short=0, pad=lambda padding: padding):
    """Return an answer that slips in its strides, its last places or its padding."""

    def answer(image, kernel, stride, padding):
        padded = np.pad(image, pad(padding))
        sides = zip(padded.shape, kernel.shape, strides, strict=True)
        rows, columns = (starts(n, k, stride if used else 1, short) for n, k, used in sides)
        return windows(padded, kernel, rows, columns)

    return answer


def starts_by_one(image, kernel, stride, padding):
    """Return sums of the right number, of windows that begin side by side."""
    right = slide_image(image, kernel, stride, padding)
    padded = np.pad(image, padding)
    return windows(padded, kernel, range(len(right)), range(right.shape[1]))


def one_added_early(image, kernel, stride, padding):
    """Return sums whose number is (n − k + 1) // stride, in place of (n − k) // stride + 1."""
    padded = np.pad(image, padding)
    sides = zip(padded.shape, kernel.shape, strict=True)
    rows, columns = (starts(n, k, stride)[: (n - k + 1) // stride] for n, k in sides)
    return windows(padded, kernel, rows, columns)


def square(side):
    """Return an answer that takes one side of the kernel for both."""

    def answer(image, kernel, stride, padding):
        padded, k = np.pad(image, padding), kernel.shape[side]
        rows, columns = (starts(n, k, stride) for n in padded.shape)
        return windows(padded, kernel, rows, columns)

    return answer


MISTAKES = Mistakes(
    Mistake(
        "turned-round",
        lambda x, w, s, p: slide_image(x, w[::-1, ::-1], s, p),
        "The window is turned round: its upper left weight should meet the upper left number "
        "under it.",
    ),
    Mistake(
        "mirrored",
        lambda x, w, s, p: slide_image(x, w[:, ::-1], s, p),
        "The window is mirrored: its left weight should meet the left number under it.",
    ),
    Mistake(
        "transposed",
        lambda x, w, s, p: slide_image(x, w, s, p).T,
        "Rows and columns of the result are exchanged.",
    ),
    Mistake(
        "no-padding",
        lambda x, w, s, p: slide_image(x, w, s, 0),
        "The zeros around the image are missing: `np.pad(image, padding)`.",
    ),
    Mistake(
        "one-sided",
        sliding(pad=lambda padding: ((padding, 0), (padding, 0))),
        "The zeros are only above and on the left; all four sides get `padding` of them.",
    ),
    Mistake(
        "ones-around",
        lambda x, w, s, p: slide_image(np.pad(x, p, constant_values=1), w, s, 0),
        "Around the image stand ones; padding is zeros.",
    ),
    Mistake(
        "edge-around",
        lambda x, w, s, p: slide_image(np.pad(x, p, mode="edge"), w, s, 0),
        "Around the image stand copies of its edge; padding is zeros.",
    ),
    Mistake(
        "padding-of-one",
        sliding(pad=lambda padding: min(padding, 1)),
        "It never puts more than one row of zeros on a side; `padding` says how many.",
    ),
    Mistake(
        "no-stride",
        sliding(strides=(False, False)),
        "The window moves by 1; it should move by `stride`, downwards and across.",
    ),
    Mistake(
        "starts-by-one",
        starts_by_one,
        "The size is right, but the windows begin side by side: the sum at (i, j) belongs to the "
        "window that begins at (i · stride, j · stride).",
    ),
    Mistake(
        "stride-down", sliding(strides=(True, False)), "Across, the window ignores the stride."
    ),
    Mistake(
        "stride-across", sliding(strides=(False, True)), "Downwards, the window ignores the stride."
    ),
    Mistake(
        "one-short",
        sliding(short=1),
        "The last place is missing: with n numbers, a window of k starts in 0 … n − k.",
    ),
    Mistake(
        "one-added-early",
        one_added_early,
        "The first place is lost in the division: there are (n − k) // stride + 1 places, with the "
        "zeros counted in n.",
    ),
    Mistake("square", square(0), "It takes the kernel's height for its width, too."),
    Mistake("square", square(1), "It takes the kernel's width for its height, too."),
    Mistake(
        "mean",
        lambda x, w, s, p: slide_image(x, w, s, p) / w.size,
        "This is the mean of the products; their sum is wanted.",
    ),
    Mistake("values", lambda x, w, s, p: slide_image(x, w, s, p) + 1),
)
