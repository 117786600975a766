"""Mistakes that learners make in "A random search that never peeks"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def choosing(choose, part="dev", extra=0):
    """Return an answer that fits all, and lets a function of the scores choose."""

    def search(draw, fit, trials, rng):
        settings = [draw(rng) for _ in range(trials + extra)]
        scores = [fit(setting).score(part) for setting in settings]
        place = choose(scores)
        return settings[place], scores[place]

    return search


def beating(first, compare=lambda score, best: score > best):
    """Return an answer that starts from a score, and keeps what beats it."""

    def search(draw, fit, trials, rng):
        best, best_score = None, first
        for _ in range(trials):
            setting = draw(rng)
            score = fit(setting).score("dev")
            if compare(score, best_score):
                best, best_score = setting, score
        return best, best_score

    return search


def without_nan(scores):
    return [-np.inf if np.isnan(score) else score for score in scores]


def swapped(draw, fit, trials, rng):
    return beating(-np.inf)(draw, fit, trials, rng)[::-1]


def model(draw, fit, trials, rng):
    fitted = [fit(draw(rng)) for _ in range(trials)]
    best = max(fitted, key=lambda each: without_nan([each.score("dev")])[0])
    return best, best.score("dev")


def asks_test_too(draw, fit, trials, rng):
    settings = [draw(rng) for _ in range(trials)]
    models = [fit(setting) for setting in settings]
    place = int(np.nanargmax([each.score("dev") for each in models]))
    return settings[place], models[place].score("test")


def fits_the_best_again(draw, fit, trials, rng):
    best, _ = beating(-np.inf)(draw, fit, trials, rng)
    return best, fit(best).score("dev")


def fits_one_again_and_again(draw, fit, trials, rng):
    settings = [draw(rng) for _ in range(trials)]
    scores = [fit(settings[0]).score("dev") for _ in settings]
    return settings[0], scores[0]


def own_generator(draw, fit, trials, rng):
    return beating(-np.inf)(draw, fit, trials, np.random.default_rng(0))


def own_settings(draw, fit, trials, rng):
    settings = [draw(rng) for _ in range(trials)]
    return choosing(np.nanargmax)(lambda rng: {"lr": 2.0 * settings.pop()["lr"]}, fit, trials, rng)


NAN_WINS = (
    "A trial that diverged has won: `np.argmax` takes NaN for the largest, and a comparison with "
    "NaN, once it is the best, is always false. It must not win."
)
MISTAKES = Mistakes(
    Mistake(
        "peeks",
        choosing(np.nanargmax, "test"),
        "This asks for the score on the test set. From then on it has a say in the choice, and "
        "can't judge it any more.",
    ),
    Mistake(
        "peeks",
        asks_test_too,
        "This asks for the score on the test set. From then on it has a say in the choice, and "
        "can't judge it any more.",
    ),
    Mistake(
        "judged-on-train",
        choosing(np.argmax, "train"),
        "This asks for the score on the training set, which every network has seen: judge by "
        '`score("dev")`.',
    ),
    Mistake(
        "budget",
        choosing(np.nanargmax, extra=1),
        "The budget is {trials} trials, and {drawn} settings were drawn.",
    ),
    Mistake(
        "fits-again",
        fits_the_best_again,
        "The budget is {trials} trials, and {fitted} networks were fitted: keep the score "
        "that you have seen.",
    ),
    Mistake(
        "fits-again-one",
        fits_one_again_and_again,
        "Each setting that is drawn is to be fitted once; here one was fitted again, and "
        "others were not.",
    ),
    Mistake("other-generator", own_generator, "Draw with the `rng` that is given."),
    Mistake("other-settings", own_settings, "Fit the setting that was drawn, as it is."),
    Mistake("model", model, "This returns the model. Return its setting."),
    Mistake("swapped", swapped, "The setting comes first, then its score."),
    Mistake("nan-wins", choosing(np.argmax), NAN_WINS),
    Mistake("nan-wins", choosing(lambda scores: scores.index(max(scores))), NAN_WINS),
    Mistake("nan-wins", beating(-np.inf, lambda score, best: not score <= best), NAN_WINS),
    Mistake(
        "no-setting",
        beating(0.0),
        "Nothing was found for {given}. Scores can be below 0: start from −∞.",
    ),
    Mistake("worst", choosing(np.nanargmin), "This is the lowest score. Higher is better."),
    Mistake(
        "last-of-equals",
        beating(-np.inf, lambda score, best: score >= best),
        "Of equals, the first one wins: a later one has to be better.",
    ),
    Mistake("first", choosing(lambda scores: 0), "This takes the first trial, whatever comes."),
    Mistake("last", choosing(lambda scores: len(scores) - 1), "This returns the last trial."),
    Mistake(
        "inexact",
        lambda *args: (lambda best, score: (best, float(f"{score:.8g}") + 1e-7))(
            *beating(-np.inf)(*args)
        ),
    ),
    Mistake("values", choosing(lambda scores: int(np.nanargmax(scores)) - 1)),
)
