"""Searches in which the best on a dev set wins: what it promises, and what it has."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class Searches(NamedTuple):
    """Many searches of as many trials each.

    Attributes
    ----------
    skills : ndarray of shape (searches, trials)
        The accuracy that each trial has on endlessly many new images.
    scores : ndarray of shape (searches, trials)
        Its accuracy on the dev set of its search.
    winners : ndarray of shape (searches,)
        Which trial has the highest score, the first of equals.
    """

    skills: Array
    scores: Array
    winners: Array

    @property
    def promised(self) -> Array:
        """The winners' scores."""
        return self.scores[np.arange(len(self.winners)), self.winners]

    @property
    def true(self) -> Array:
        """The winners' skills."""
        return self.skills[np.arange(len(self.winners)), self.winners]


def run_searches(
    count: int, trials: int, dev_size: int, typical: float, spread: float, rng: Any
) -> Searches:
    """Return searches whose trials have accuracies from a normal distribution, cut at 0 and 1.

    Of a dev set of n images, a trial with the skill p has a binomial number right, each trial
    independently of the others.

    Parameters
    ----------
    count, trials, dev_size : int
        How many searches, trials in each, and images of the dev set.
    typical, spread : float
        Mean and standard deviation of the skills.
    rng : int or numpy.random.Generator
        Where skills and scores come from.

    Examples
    --------
    >>> searches = run_searches(200, 50, 100, typical=0.9, spread=0.0, rng=0)
    >>> bool(searches.promised.mean() > 0.95), float(searches.true.mean().round(3))
    (True, 0.9)
    """
    rng = np.random.default_rng(rng)
    skills = np.clip(rng.normal(typical, spread, (count, trials)), 0, 1)
    scores = rng.binomial(dev_size, skills) / dev_size
    return Searches(skills, scores, scores.argmax(axis=1))
