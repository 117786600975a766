"""Mistakes that learners make in "Mean and deviation of the training pictures"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.images.solutions import channel_statistics

AXES = (0, 1, 2)


def only(mean=channel_statistics, std=channel_statistics):
    """Return an answer of one's mean and another's deviation."""
    return lambda images, train: (mean(images, train)[0], std(images, train)[1])


def everything(images, train):
    return channel_statistics(images, np.arange(len(images)))


def others(images, train):
    return channel_statistics(images, np.setdiff1d(np.arange(len(images)), train))


def in_bytes(images, train):
    mean, std = channel_statistics(images, train)
    return 255 * mean, 255 * std


def one_for_all(images, train):
    part = images[train] / 255
    return np.full(3, part.mean()), np.full(3, part.std())


def of_each_pixel(images, train):
    part = images[train] / 255
    return part.mean(axis=0), part.std(axis=0)


def of_each_picture(images, train):
    part = images[train] / 255
    return part.mean(axis=(1, 2)), part.std(axis=(1, 2))


def mean_of_deviations(images, train):
    return None, (images[train] / 255).std(axis=(1, 2)).mean(axis=0)


def deviation_of_means(images, train):
    return None, (images[train] / 255).mean(axis=(1, 2)).std(axis=0)


def divided_by_one_less(images, train):
    return None, (images[train] / 255).std(axis=AXES, ddof=1)


def variance(images, train):
    return None, (images[train] / 255).var(axis=AXES)


def around_all(images, train):
    part = images[train] / 255
    return None, np.sqrt(((part - part.mean()) ** 2).mean(axis=AXES))


def first_pictures(images, train):
    return channel_statistics(images, np.arange(len(train)))


MISTAKES = Mistakes(
    Mistake("not-a-pair", lambda images, train: channel_statistics(images, train)[0]),
    Mistake(
        "all-pictures",
        everything,
        "All pictures have a say. Those that are not in `train` stand for pictures that nobody has "
        "seen yet: take `images[train]`.",
    ),
    Mistake("others", others, "These are the pictures that are not in `train`."),
    Mistake(
        "first-pictures",
        first_pictures,
        "It takes the first pictures; `train` holds the numbers of those that are meant.",
    ),
    Mistake(
        "bytes",
        in_bytes,
        "These are bytes, from 0 to 255. The network is fed with fractions: divide by 255.",
    ),
    Mistake(
        "bytes",
        only(std=in_bytes),
        "The deviation is that of bytes. Divide by 255 before, or both of them after.",
    ),
    Mistake(
        "one-for-all",
        one_for_all,
        "It mixes the channels. Red, green and blue each have a mean of their own.",
    ),
    Mistake(
        "around-all",
        only(std=around_all),
        "The deviations are taken around one mean of all channels; each has its own.",
    ),
    Mistake(
        "mean-of-deviations",
        only(std=mean_of_deviations),
        "This is the mean of the pictures' deviations. Pictures differ in brightness too, which "
        "must count: take the deviation over all pixels of all pictures at once.",
    ),
    Mistake(
        "deviation-of-means",
        only(std=deviation_of_means),
        "This is how much the pictures' means differ; pixels of one picture differ too.",
    ),
    Mistake(
        "variance", only(std=variance), "This is the variance; its root is the standard deviation."
    ),
    Mistake(
        "one-less",
        only(std=divided_by_one_less),
        "It divides by one less than the number of pixels. `std` without `ddof` is wanted.",
    ),
    Mistake(
        "swapped",
        lambda images, train: channel_statistics(images, train)[::-1],
        "The two are exchanged: first the mean, then the deviation.",
    ),
    Mistake("shape", of_each_pixel),
    Mistake("shape", of_each_picture),
    Mistake("values", lambda *given: tuple(a + 1 for a in channel_statistics(*given))),
)
