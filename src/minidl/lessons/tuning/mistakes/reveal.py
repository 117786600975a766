"""Mistakes that learners make in "What was skill, and what luck"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.tuning import solutions as right


def scores(table, dev, test):
    return table[:, dev].mean(axis=1), table[:, test].mean(axis=1)


def leads(table, dev, test, winner):
    """Return how far a network leads on both sets."""
    on_dev, on_test = scores(table, dev, test)
    return on_dev[winner] - on_dev.mean(), on_test[winner] - on_test.mean()


def parted(choose):
    """Return an answer that takes another network for the winner."""

    def reveal(table, dev, test):
        on_dev, skill = leads(table, dev, test, choose(*scores(table, dev, test)))
        return skill, on_dev - skill

    return reveal


def last_of_equals(on_dev, on_test):
    return len(on_dev) - 1 - on_dev[::-1].argmax()


def lead_for_luck(table, dev, test):
    on_dev, skill = leads(table, dev, test, scores(table, dev, test)[0].argmax())
    return skill, on_dev


def fall_for_luck(table, dev, test):
    on_dev, on_test = scores(table, dev, test)
    winner = on_dev.argmax()
    skill = on_test[winner] - on_test.mean()
    return skill, on_dev[winner] - on_test[winner]


def below_the_dev_mean(table, dev, test):
    on_dev, on_test = scores(table, dev, test)
    winner = on_dev.argmax()
    skill = on_test[winner] - on_dev.mean()
    return skill, on_dev[winner] - on_dev.mean() - skill


def accuracy_for_skill(table, dev, test):
    on_dev, on_test = scores(table, dev, test)
    winner = on_dev.argmax()
    return on_test[winner], on_dev[winner] - on_test[winner]


def counts(table, dev, test):
    on_dev, on_test = (table[:, part].sum(axis=1) for part in (dev, test))
    winner = on_dev.argmax()
    skill = on_test[winner] - on_test.mean()
    return skill, on_dev[winner] - on_dev.mean() - skill


def best_of_each(table, dev, test):
    on_dev, on_test = scores(table, dev, test)
    skill = on_test.max() - on_test.mean()
    return skill, on_dev.max() - on_dev.mean() - skill


def over_the_others(table, dev, test):
    on_dev, on_test = scores(table, dev, test)
    others = np.arange(len(on_dev)) != on_dev.argmax()
    skill = on_test[~others][0] - on_test[others].mean()
    return skill, on_dev.max() - on_dev[others].mean() - skill


def luck_below(table, dev, test):
    skill, luck = right.reveal(table, dev, test)
    return skill, -luck


def swapped(table, dev, test):
    return right.reveal(table, dev, test)[::-1]


def sets_swapped(table, dev, test):
    return right.reveal(table, test, dev)


def by_images(table, dev, test):
    on_dev, on_test = table[:, dev].mean(axis=0), table[:, test].mean(axis=0)
    winner = on_dev.argmax()
    skill = on_test[winner] - on_test.mean()
    return skill, on_dev[winner] - on_dev.mean() - skill


MISTAKES = Mistakes(
    Mistake(
        "counts",
        counts,
        "These are numbers of images. Accuracies are shares: take the mean of a row, not its sum.",
    ),
    Mistake("swapped", swapped, "The other way round: skill comes first."),
    Mistake("sets-swapped", sets_swapped, "The winner is chosen on dev, and judged on test."),
    Mistake(
        "peeks",
        parted(lambda on_dev, on_test: on_test.argmax()),
        "This chooses the best on test. The winner is the best on dev; test only judges.",
    ),
    Mistake(
        "peeks",
        parted(lambda on_dev, on_test: (on_dev + on_test).argmax()),
        "Here test has a say in who wins. The winner is the best on dev alone.",
    ),
    Mistake(
        "best-of-each",
        best_of_each,
        "These are two winners, one on dev and another on test. One network wins, on dev; its "
        "lead on test is the skill.",
    ),
    Mistake(
        "over-the-others",
        over_the_others,
        "The winner leads the mean of all networks, and is one of them itself.",
    ),
    Mistake(
        "luck-below-zero",
        luck_below,
        "The skill is right, and luck has the wrong sign: it is the lead on dev minus the skill.",
    ),
    Mistake(
        "points",
        lambda table, dev, test: tuple(100 * part for part in right.reveal(table, dev, test)),
        "These are points, hundredths. Return parts of 1, as accuracies are.",
    ),
    Mistake("worst", parted(lambda on_dev, on_test: on_dev.argmin()), "This is the worst on dev."),
    Mistake("last-of-equals", parted(last_of_equals), "Of equals, the first wins."),
    Mistake(
        "lead-for-luck",
        lead_for_luck,
        "The skill is right. The lead on dev holds it, too: take it off.",
    ),
    Mistake(
        "fall-for-luck",
        fall_for_luck,
        "The skill is right. For luck, compare leads: dev may be easier than test for all.",
    ),
    Mistake(
        "other-mean", below_the_dev_mean, "The lead on test is over the mean on test, not on dev."
    ),
    Mistake(
        "no-lead",
        accuracy_for_skill,
        "This is the winner's accuracy. Skill is what it has more than the mean of all.",
    ),
    Mistake(
        "by-images",
        by_images,
        "A row is a network: its accuracy is a mean along the row, `axis=1`.",
    ),
    Mistake("not-a-pair", lambda table, dev, test: np.float64(right.reveal(table, dev, test)[0])),
    Mistake(
        "values", lambda table, dev, test: np.add(right.reveal(table, dev, test), 0.125).tolist()
    ),
)
