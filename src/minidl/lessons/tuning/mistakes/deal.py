"""Mistakes that learners make in "Deal the classes like cards"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.tuning import solutions as right


def by_class(share_out):
    """Return an answer that shares out the places of each class by a function of its own."""

    def deal(labels, parts, rng):
        part = np.empty(len(labels), dtype=int)
        for label in np.unique(labels):
            members = np.flatnonzero(labels == label)
            part[members] = share_out(len(members), parts, rng)
        return part

    return deal


def classes_up_to_the_largest(labels, parts, rng):
    part = np.zeros(len(labels), dtype=int)
    for label in range(labels.max() + 1):
        members = rng.permutation(np.flatnonzero(labels == label))
        part[members] = np.arange(len(members)) % parts
    return part


def all_alike(labels, parts, rng):
    return rng.permutation(np.arange(len(labels)) % parts)


def class_after_class(labels, parts, rng):
    counts = np.unique(labels, return_counts=True)[1]
    return np.concatenate([rng.permutation(np.arange(count) % parts) for count in counts])


def each_by_chance(labels, parts, rng):
    return rng.integers(parts, size=len(labels))


def from_one(labels, parts, rng):
    return right.deal(labels, parts, rng) + 1


def floats(labels, parts, rng):
    return right.deal(labels, parts, rng).astype(float)


def own_lots(labels, parts, rng):
    return right.deal(labels, parts, np.random.default_rng())


def one_shuffle_for_all(labels, parts, rng):
    seed = int(rng.integers(1_000_000))
    return by_class(
        lambda n, parts, rng: np.random.default_rng(seed).permutation(np.arange(n) % parts)
    )(labels, parts, rng)


def lists(labels, parts, rng):
    return right.deal(labels, parts, rng).tolist()


def indices(labels, parts, rng):
    return np.flatnonzero(right.deal(labels, parts, rng) == 0)


MISTAKES = Mistakes(
    Mistake(
        "uneven",
        all_alike,
        "The parts do not share the classes evenly. For {given}, class {label} has {counts} "
        "samples in parts 0, 1, …; no two of these should differ by more than 1.",
    ),
    Mistake(
        "uneven",
        each_by_chance,
        "The parts do not share the classes evenly. For {given}, class {label} has {counts} ",
    ),
    Mistake(
        "class-after-class",
        class_after_class,
        "Each class is dealt evenly, but the numbers stand class after class, and the samples do "
        "not: write them to where the class is, `part[labels == label] = …`.",
    ),
    Mistake(
        "class-left-out",
        classes_up_to_the_largest,
        "All {count} samples of class {label} are in part 0: does your loop reach this class? "
        "Labels are any whole numbers; `np.unique(labels)` has those that occur.",
    ),
    Mistake(
        "no-lots",
        by_class(lambda n, parts, rng: np.arange(n) % parts),
        "Evenly dealt, but always alike: shuffle the samples of a class first, or the order of "
        "the data decides.",
    ),
    Mistake(
        "too-orderly",
        by_class(lambda n, parts, rng: (np.arange(n) + rng.integers(parts)) % parts),
        "Lots decide too little: four samples of a class can be halved in 6 ways, and in {found} "
        "of them they are. Shuffle all samples of the class.",
    ),
    Mistake(
        "classes-alike",
        one_shuffle_for_all,
        "All classes are shuffled in the same way: two of four samples each can be halved in 36 "
        "ways, and {found} occur. Draw anew for each class.",
    ),
    Mistake(
        "other-lots",
        own_lots,
        "Two calls with generators of one seed give different parts: draw from `rng` alone, so "
        "that a split can be repeated.",
    ),
    Mistake(
        "other-parts",
        from_one,
        "The parts are numbered from 0. For {given}, found numbers from {low} to {high}. (Numbers "
        "out of nowhere are places of an empty array that nobody has filled.)",
    ),
    Mistake(
        "not-whole",
        floats,
        "The numbers of the parts are to be whole, received {dtype}: make the array with "
        "`dtype=int`.",
    ),
    Mistake("not-an-array", lists),
    Mistake("shape", indices),
)
