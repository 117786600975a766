"""Figures outside the lessons: each is computed or a lesson's, or given with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from course.claims import figures_of, prose_of
from course.lesson import KINDS, Chapter, read_outline, text_of
from minidl.data import iterate_batches, make_moons, train_dev_test_split
from minidl.exercises import exercise
from minidl.graph import Variable
from minidl.lessons.likelihood.solutions import cross_entropy, kl_divergence
from minidl.lessons.losses.solutions import smooth_l1
from minidl.lessons.moons.solutions import safe_bce
from minidl.lessons.regularization.solutions import l2
from minidl.lessons.tuning.solutions import interval, log_uniform
from minidl.losses import BCELoss, L1Loss, Loss, MSELoss
from minidl.models import LeNet
from minidl.nn import Logistic, Swish, Tanh
from tests.project.settings import ROOT

pytestmark = pytest.mark.once

OUTLINE = read_outline(ROOT)
LESSONS = {chapter.slug: text_of(chapter, ROOT) for chapter in OUTLINE}
EXERCISES = re.findall(r"^:exercise: (\S+)", "".join(LESSONS.values()), re.MULTILINE)

Proof = Callable[[], bool] | str
"""What computes a figure, or the reason why nothing does."""


def says(slug: str, phrase: str) -> Callable[[], bool]:
    """Return a proof that a lesson's prose, whose claims prove it, says the same."""
    return lambda: phrase in " ".join(prose_of(LESSONS[slug]).split())


def slope_of(loss: Loss) -> float:
    """Return the slope of a loss of labels 1, 7 and 6 along the constant 5."""
    loss(np.full(3, 5.0), np.array([1.0, 7.0, 6.0]))
    return float(loss.backward().sum())


def shows(slug: str, code: str) -> Callable[[], bool]:
    """Return a proof that a lesson's cells hold this code."""
    return lambda: code in LESSONS[slug]


def prints(slug: str, text: str) -> Callable[[], bool]:
    """Return a proof that a notebook's stored outputs hold this text."""
    (name,) = [chapter.notebook_name for chapter in OUTLINE if chapter.slug == slug]
    return lambda: text in (ROOT / "notebooks" / name).read_text(encoding="utf-8")


def slope(function: Logistic | Swish | Tanh, at: float) -> float:
    """Return the slope of an activation function."""
    return float(function.derivative(np.array([at]))[0])


def value_after_doublings(times: int) -> float:
    """Return the gradient of what was doubled so often."""
    x = Variable(1.0)
    last = x
    for _ in range(times):
        last = last + last
    last.backward()
    return float(x.grad)


def lenet_parts(name: str) -> dict[str, Any]:
    """Return the parameters of one of LeNet's layers, for colour pictures of 32 × 32."""
    (layer,) = (layer for path, layer in LeNet(3, image_size=32).named_layers() if path == name)
    return dict(layer.params)


def share_of_convolutions() -> float:
    """Return which share of LeNet's numbers are in its convolutions."""
    sizes = {p.name: p.value.size for p in LeNet(3, image_size=32).parameters()}
    return sum(size for name, size in sizes.items() if name.startswith("conv")) / sum(
        sizes.values()
    )


def of_the_evenings() -> Sequence[Chapter]:
    """Return the chapters up to Regularization."""
    return OUTLINE[: [chapter.slug for chapter in OUTLINE].index("regularization") + 1]


def longer_than_a_session() -> list[int]:
    """Return the minutes of those of them that take more than 90 with a third for talk."""
    return [chapter.minutes for chapter in of_the_evenings() if chapter.minutes * 4 / 3 > 90]


def demands_python(version: str) -> bool:
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return f'requires-python = ">={version}"' in settings


README: dict[str, Proof] = {
    "the epochs to 3,000": "what the picture shows",
    "Python 3.10 or newer": lambda: demands_python("3.10"),
    "from a thousand points or ten hidden units on": "measured, and read off the plot",
    "a hundred to a million nodes": "measured; what the script's plot shows",
    "asks for half a lesson": lambda: KINDS["short"].words * 2 == KINDS["lesson"].words,
    "The third is red": "the third of the commands above it",
}
GUIDE: dict[str, Proof] = {
    "Python 3.10 or newer": lambda: demands_python("3.10"),
    "about a hundred megabytes": "measured: what pip downloads in a new environment",
    "add a third": "advice; the plans follow it",
    "One afternoon, 3 hours": "the length of an afternoon",
    "Nine evenings, 9 × 90 minutes | 9": lambda: len(of_the_evenings()) == 9,
    "60 minutes on the lesson, 30 on its exercises": "how to share out the 90 minutes",
    "Those of 90 minutes and more are longer": lambda: min(longer_than_a_session()) == 90,
    "Two terms, 42 × 45 minutes | 42": lambda: 2 * len(OUTLINE) == 42,
    "the gradient through ten layers in Activations": says("activations", "one through ten layers"),
    "Why do ten layers of neurons draw": says("neurons", "Why do ten layers of neurons draw"),
    "ten layers with two thousand random numbers are replaced by three numbers": says(
        "neurons", "titled 2241 numbers, the other three numbers"
    ),
    "A machine learned from ten numbers. Which ten?* The moment: ten numbers": says(
        "graph", "A machine learned from ten numbers. Which ten?"
    ),
    "best slope is ¼": lambda: slope(Logistic(), 0.0) == 0.25,
    "4 to the power of 10 is the million": lambda: (1 / slope(Logistic(), 0.0)) ** 10 // 1e6 == 1,
    "Tanh gives back four times as much at 0": lambda: (
        slope(Tanh(), 0.0) == 4 * slope(Logistic(), 0.0)
    ),
    "0.6931 is −log ½": says("moons", "½ costs −log 0.5 = 0.6931"),
    "The cut-off at −100": lambda: BCELoss()([[0.0]], [[1]]) == 100,
    "one point in six at noise 0.5": says("moons", "At σ = 0.5 even the oracle is wrong about one"),
    "until something is used twice": "not a number of anything",
    "ten doublings have 1,024 paths": lambda: value_after_doublings(10) == 1024,
    "641 numbers, one loss": says("backpropagation", "641 numbers, one loss"),
    "641 slopes as nudging every number, in a hundredth of the time": prints(
        "backpropagation", "more than a hundred times as fast: True"
    ),
    "ten seeds tell them apart": says("training", "over the ten seeds"),
    "chosen out of a hundred": says("training", "looked through a hundred seeds"),
    "0.8625 on dev": says("training", "0.8625 and 0.7750"),
    "a search over thirty settings": "a story",
    "With 500 points": shows("regularization", "samples(500, noise, rng)  # train and dev"),
    "with 20.": "a question",
    "exercises 4 and 6 take fifteen minutes each": "what learners took longest for",
    "The explorers train 33,000 weights": says("regularization", "some 33,000 weights"),
    "*Hidden units* to 32": "tried by hand: the gap falls with λ, the dev loss is lowest at 0.02",
    "a network with 33,000 weights fits thirty points": says("regularization", "Thirty points lie"),
    "*Ten digits: who knows nothing has a loss of 2.3026": says(
        "likelihood", "Ten digits: who knows nothing has a loss of 2.3026"
    ),
    "hands in the right answers 1.4612": says("likelihood", "hands in the right answers 1.4612"),
    "log (e + 9) − 1": lambda: abs(np.log(np.e + 9) - 1 - 1.4612) < 5e-5,
    "the first table": "the place of a table",
    "has the loss 0": "a belief",
    "Ten optimizers reach the valley by ten ways": says(
        "optimizers", "Ten optimizers reach the valley by ten ways"
    ),
    "turned by 45 degrees, and the winner needs 38 times as many steps": says(
        "optimizers", "Turn the ravine by 45 degrees, and it comes in last but one, with 38 times"
    ),
    "when its rate is wrong by a factor of ten": says(
        "optimizers", "a tenth of their rate, and at"
    ),
    "0.9 makes the steps ten times as long": says("optimizers", "0.9 makes the steps ten times"),
    "Half of what is told": "a way of speaking",
    "In one dimension 0.9 comes in last": says("optimizers", "0.9 makes the longest steps, and is"),
    "exercise 4 takes fifteen minutes": "what learners took longest for",
    "leave out exercise 3": "the number of an exercise",
    "a weight that is ten times as large": says("depth", "the gradient of a W ten times as large"),
    "exercise 4 takes twenty minutes": "a guess, until learners have taken it",
    "leave out exercise 2": "the number of an exercise",
    "*Sixteen trainings run without an error, fifteen have a fault": says(
        "debugging", "Sixteen trainings, no error message. Fifteen of them are ill"
    ),
    "Thirty networks, one clear winner": says("tuning", "Thirty networks, one clear winner"),
    "All of ten right": "a belief",
    '"100 % on validation means': "a belief",
    "leave out exercise 5": "the number of an exercise",
    "one test set for ten years": "a question",
    "luck is two thirds of the lead of thirty seeds": says("tuning", "luck is two thirds of the"),
    "exercises 1 and 2 take fifteen minutes each": "a guess, until learners have taken them",
    "odd shapes, float32": "the name of a type",
    "extremes such as ±1000": lambda: (
        "-1000.0, 1000.0"
        in (ROOT / "src/minidl/lessons/activations/classes.py").read_text(encoding="utf-8")
    ),
    '`% "44 years" given: why`': "an example of the notation",
    "`shown(noise=0.2)`": "an example of the notation",
}
HINTS: dict[str, Proof] = {
    "infinite at z = 1000, and which at z = −1000": lambda: bool(
        np.exp(np.longdouble(1000)) > 1e308
    ),
    "only e^(−2z) is left, at most 1": lambda: bool(np.all(np.exp(-2 * np.arange(9.0)) <= 1)),
    "below −1.28 its slope is negative": lambda: (
        slope(Swish(), -1.285) < 0 < slope(Swish(), -1.275)
    ),
    "b has the shape (1, 3)": shows("backpropagation", "faulty = FaultyBias(3)"),
    "The target y = 2x + 1": shows("graph", "x.value, y.value = number, 2 * number + 1"),
    "The second half": "the rest of a list of four layers",
    "0·(−100) = 0, and no single point can cost more than 100": lambda: (
        safe_bce(np.zeros((1, 1)), np.ones((1, 1))) == 100
        and safe_bce(np.ones((1, 1)), np.ones((1, 1))) == 0
    ),
    "then (w1, w2, b)": "names",
    "Bytes run from 0 to 255, fractions from 0 to 1": lambda: np.iinfo(np.uint8).max == 255,
    "a byte of 256 is 0": lambda: np.array(256).astype(np.uint8) == 0,
    "`x *= std` writes into the caller's array. What does": "names",
    "A kernel of 5 × 5 reaches over all channels of its input and has one bias: for 3 channels, "
    "3 · 25 + 1 numbers": lambda: lenet_parts("conv1")["W"][0].size + 1 == 3 * 25 + 1,
    "`fc1` has 16 · h · w inputs": lambda: lenet_parts("fc1")["W"].shape[0] == 16 * 5 * 5,
    "A window of 5 takes off 4; a pooling of 2 halves, and drops what is left over": lambda: (
        LeNet(3, image_size=32).forward(np.zeros((1, 3, 32, 32))).shape == (1, 10)
    ),
    "`(16 * h * w + 1) * 120` for `fc1`, with `h = (height - 4) // 2`, twice": lambda: (
        sum(value.size for value in lenet_parts("fc1").values()) == (16 * 5 * 5 + 1) * 120
    ),
    "have a twentieth of the numbers; fc1 has most": lambda: 0.04 < share_of_convolutions() < 0.06,
    "The patch begins in rows 0, stride, 2 · stride": "names of places",
    "How many of the 30 points": shows("regularization", "def data(points=30,"),
    "means over 8, 8, 8 and 6": lambda: (
        [len(X) for X, _ in iterate_batches(np.ones((30, 1)), np.ones((30, 1)), 8, rng=0)]
        == [8, 8, 8, 6]
        and "iterate_batches(*train_set, 8, rng=rng)" in LESSONS["regularization"]
    ),
    "The slope of ½·λ·w² with respect to w is λ·w": lambda: l2(np.array([3.0]), 0.5)[0] == 2.25,
    "is half a number": "a way of speaking",
    "exp(1000) is too large for a float, exp(0) is not": lambda: (
        np.log(np.finfo(float).max) < 1000 and np.exp(0.0) == 1
    ),
    "whose largest is 1 is at least 1": lambda: bool(np.exp(0.0) == 1),
    "less 1 at the same places": lambda: bool(
        np.allclose(cross_entropy(np.zeros((1, 2)), np.array([0]))[1], [[0.5 - 1, 0.5]])
    ),
    "Where p is 0 the term is 0": lambda: kl_divergence(np.zeros((1, 2)), np.eye(2)) == 0,
    "since 0 times anything finite is 0": "a law of numbers",
    "is 0 there": lambda: bool(np.log(np.where(np.zeros(1) > 0, np.zeros(1), 1)) == 0),
    "Never below 0, and 0 only for q = p": "a law: Gibbs' inequality",
    "Set the gradient to 0. For MSELoss it is a sum of 2·(c − y), for L1Loss a": lambda: (
        slope_of(MSELoss(reduction="sum")) == 2 * (5 - 1) + 2 * (5 - 7) + 2 * (5 - 6)
    ),
    "A sum of signs is 0 when": lambda: slope_of(L1Loss(reduction="sum")) == 1 - 1 - 1,
    "the slope of d²/(2β)": lambda: smooth_l1(np.array([1.0]), np.array([0.0]), 4)[0] == 1 / 8,
    "kept within ±1 by": lambda: (
        smooth_l1(np.array([9.0]), np.array([0.0]), 2)[1] == 1
        and smooth_l1(np.array([-9.0]), np.array([0.0]), 2)[1] == -1
    ),
    "With weights 1, 2, 2 the sum counts five samples, not three": "1 + 2 + 2 = 5",
    "it is (1 + s)·q² − (2p + s)·q + p² = 0": lambda: bool(
        np.allclose([1.1 * q**2 - (2 * 0.8 + 0.1) * q + 0.8**2 for q in interval(8, 10, 1.0)], 0)
    ),
    "are (p + s/2 ± √(s·p·(1 − p) + s²/4)) / (1 + s)": lambda: bool(
        np.isclose(
            interval(8, 10, 1.0)[1], (0.8 + 0.1 / 2 + (0.1 * 0.8 * 0.2 + 0.1**2 / 4) ** 0.5) / 1.1
        )
    ),
    "from one quarter of u to the next the result grows by the same factor": lambda: bool(
        np.allclose(log_uniform(np.arange(5) / 4, 1, 16), [1, 2, 4, 8, 16])
    ),
}


def guide_text(name: str) -> str:
    """Return a guide in one line, without what is compared or measured elsewhere."""
    text = (ROOT / name).read_text(encoding="utf-8")
    text = re.sub(r"<!-- chapters -->.*?<!-- end of chapters -->", "", text, flags=re.DOTALL)
    speed = r"^\| \| minidl \| compared with .*?(?=\n\n)"  # measured by the scripts named below it
    text = re.sub(speed, "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^( *)(`{3,}).*?^\1\2$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^\d\. ", "", text, flags=re.MULTILINE)


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def hints_text() -> str:
    """Return all hints, and what is said to right answers, a paragraph each."""
    exercises = [exercise(name).exercise for name in EXERCISES]
    return "\n\n".join(text for each in exercises for text in (*each.hints, each.takeaway))


TEXTS = {
    "README.md": (guide_text("README.md"), README),
    "course/teaching.md": (guide_text("course/teaching.md"), GUIDE),
    "hints": (hints_text(), HINTS),
}


@pytest.mark.parametrize("name", TEXTS)
def test_every_figure_is_computed_or_given(name: str) -> None:
    text, proofs = TEXTS[name]
    text = in_one_line(re.sub(r"^#.*", "", text, flags=re.MULTILINE))
    covered = {
        place
        for phrase in proofs
        for match in re.finditer(re.escape(phrase), text)
        for place in range(*match.span())
    }
    neither = [
        text[max(0, start - 40) : stop + 40]
        for start, stop in figures_of(text)
        if start not in covered
    ]
    assert neither == [], "tie or give these in the table of this file"


@pytest.mark.parametrize(
    ("name", "phrase"), [(name, phrase) for name, (_, proofs) in TEXTS.items() for phrase in proofs]
)
def test_what_computes_a_figure_agrees(name: str, phrase: str) -> None:
    text, proofs = TEXTS[name]
    assert phrase in in_one_line(text), "the text has changed, or the figure is gone"
    proof = proofs[phrase]
    assert proof if isinstance(proof, str) else proof()


def test_the_speed_tables_first_row_is_the_readmes_example() -> None:
    train, dev, _ = train_dev_test_split(*make_moons(1000, rng=0), rng=0)
    points = f"({len(train[0])} + {len(dev[0])} points"
    assert points in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_says_which_script_measures_what() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (paragraph,) = re.findall(r"^The scripts in .*?\n\n", readme, re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"`(\w+)`", paragraph))
    scripts = {path.stem for path in (ROOT / "benchmarks").glob("*.py")}
    assert scripts - named == {"busy_machine"}  # it prints none of the table's figures
    assert named <= scripts | {"benchmarks"}
