"""Mistakes that learners make in "A split between writers"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.images.solutions import split_by_writer


def parts(in_dev):
    return np.flatnonzero(~in_dev), np.flatnonzero(in_dev)


def last_samples(writers, count):
    return np.arange(len(writers) - count), np.arange(len(writers) - count, len(writers))


def last_by_writer(writers, count):
    order = np.argsort(writers, kind="stable")
    return np.sort(order[:-count]), np.sort(order[-count:])


def last_unsorted(writers, count):
    order = np.argsort(writers)
    return order[:-count], order[-count:]


def as_put_in(writers, count):
    train, dev = split_by_writer(writers, count)
    return train, dev[np.argsort(-writers[dev], kind="stable")]


def too_few(writers, count):
    in_dev = np.zeros(len(writers), dtype=bool)
    for writer in np.unique(writers)[::-1]:
        more = in_dev | (writers == writer)
        if more.sum() > count:
            break
        in_dev = more
    return parts(in_dev)


def one_writer_more(writers, count):
    return split_by_writer(writers, min(count, len(writers) - 1) + 0.5)


def writers_counted(writers, count):
    return parts(np.isin(writers, np.unique(writers)[-count:]))


def from_the_first(writers, count):
    return split_by_writer(-writers, count)


def one_writer(writers, count):
    return parts(writers == writers.max())


def names(writers, count):
    train, dev = split_by_writer(writers, count)
    return np.unique(writers[train]), np.unique(writers[dev])


def written(writers, count):
    train, dev = split_by_writer(writers, count)
    return writers[train], writers[dev]


def all_train(writers, count):
    return np.arange(len(writers)), split_by_writer(writers, count)[1]


def as_masks(writers, count):
    in_dev = np.isin(np.arange(len(writers)), split_by_writer(writers, count)[1])
    return ~in_dev, in_dev


def by_order_of_appearance(writers, count):
    _, first = np.unique(writers, return_index=True)
    seen = writers[np.sort(first)]
    renamed = np.array([np.flatnonzero(seen == writer)[0] for writer in writers])
    return split_by_writer(renamed, count)


MISTAKES = Mistakes(
    Mistake(
        "not-whole",
        lambda writers, count: tuple(1.0 * part for part in split_by_writer(writers, count)),
        "Numbers of samples are whole numbers; with 3.0 nothing can be picked from an array.",
    ),
    Mistake("not-a-pair", lambda writers, count: split_by_writer(writers, count)[0]),
    Mistake(
        "last-samples",
        last_samples,
        "Dev has the last samples, whoever wrote them: one writer stands in both parts.",
    ),
    Mistake(
        "cut-in-two",
        last_by_writer,
        "Dev has just `count` samples, so one writer is cut in two and stands in both parts.",
    ),
    Mistake(
        "cut-in-two",
        last_unsorted,
        "Dev has just `count` samples, so one writer is cut in two and stands in both parts.",
    ),
    Mistake(
        "as-put-in",
        as_put_in,
        "Dev has the right samples, in the order in which their writers were put in. Ascending "
        "they are after `np.sort`.",
    ),
    Mistake("too-few", too_few, "Dev is to have at least `count` samples, not at most."),
    Mistake(
        "one-more",
        one_writer_more,
        "Where the samples are enough, it goes on to one more writer. Stop as soon as dev has "
        "`count` samples.",
    ),
    Mistake(
        "writers-counted",
        writers_counted,
        "It takes `count` writers; `count` says how many samples dev is to have at least.",
    ),
    Mistake("first-writers", from_the_first, "It begins with the lowest number; take the highest."),
    Mistake("one-writer", one_writer, "It puts one writer into dev, even if that is not enough."),
    Mistake(
        "appearance",
        by_order_of_appearance,
        "It takes the writers in the order in which they appear; by their numbers is asked.",
    ),
    Mistake("names", names, "These are the writers. The numbers of their samples are wanted."),
    Mistake("written", written, "This is who wrote each sample; their numbers are wanted."),
    Mistake(
        "masks",
        as_masks,
        "These say yes or no for each sample; `np.flatnonzero` turns that into numbers.",
    ),
    Mistake("all-train", all_train, "Train has all samples, those of dev too: that is the leak."),
    Mistake(
        "swapped",
        lambda writers, count: split_by_writer(writers, count)[::-1],
        "The two are exchanged: first train, then dev.",
    ),
    Mistake("values", lambda writers, count: tuple(a + 1 for a in split_by_writer(writers, count))),
)
