"""The picture of the clinic: the course of a training, its vital signs, and one test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from minidl.clinic.training import EPOCHS
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED, SPLIT_COLORS, SPLIT_LINES

Array = npt.NDArray[Any]

LOSSES, RATIOS = (1e-2, 1e3), (1e-6, 1e1)
"""What is shown; a line beyond stands at the rim."""
USUAL = (1e-3, 3e-2)
"""Steps over weights of trainings that go well."""
SHADES = ("#2A4B7C", "#1F8F8A", "#8DB92E")
"""From the first layer, dark, to the last, light."""


@dataclass(frozen=True)
class ClinicView:
    """A training so far.

    Attributes
    ----------
    losses : ndarray of shape (2, epochs)
        On the train set and on the dev set.
    twin : ndarray of shape (2, epochs) or (2, 0)
        Those of the healthy twin, if it is shown.
    steps : ndarray of shape (n,)
        When the vital signs were measured.
    ratios : ndarray of shape (layers, n)
        The size of a step over that of the weights.
    shut : ndarray of shape (2, n)
        The shares of saturated numbers and of dead units, in the worst layer.
    accuracy : float
        On the dev set.
    question, answer : str
        Of the test: what it asks and what it has found, empty while it is under way.
    """

    losses: Array
    twin: Array
    steps: Array
    ratios: Array
    shut: Array
    accuracy: float
    question: str
    answer: str = ""


@dataclass(frozen=True)
class ClinicArtists:
    """What moves in the picture."""

    losses: list[Line2D]
    twin: list[Line2D]
    ratios: list[Line2D]
    shut: list[Line2D]
    question: Text
    answer: Text


def draw_clinic(figure: Figure) -> ClinicArtists:
    """Fill `figure` with the empty panels and return their moving parts."""
    figure.set_layout_engine("constrained", rect=(0, 0, 0.99, 1), wspace=0.04)
    axes = figure.subplot_mosaic(
        [["course", "ratios"], ["course", "shut"], ["test", "test"]],
        width_ratios=(1.25, 1), height_ratios=(1, 0.8, 0.42),
    )  # fmt: skip
    ratios = _draw_ratios(axes["ratios"])
    shut = _draw_shut(axes["shut"])
    twin, losses = _draw_course(axes["course"])
    return ClinicArtists(losses, twin, ratios, shut, *_draw_test(axes["test"]))


def update_clinic(artists: ClinicArtists, view: ClinicView) -> None:
    """Put the training so far into the picture."""
    for lines, rows in ((artists.losses, view.losses), (artists.twin, view.twin)):
        for line, row in zip(lines, rows, strict=True):
            line.set_data(np.arange(1, len(row) + 1), np.clip(row, *LOSSES))
    for line, row in zip(artists.ratios, view.ratios, strict=True):
        line.set_data(view.steps, np.clip(row, *RATIOS))
    for line, row in zip(artists.shut, view.shut, strict=True):
        line.set_data(view.steps, 100 * row)
    artists.question.set_text(view.question)
    artists.answer.set_text(view.answer)


def _draw_course(ax: Axes) -> tuple[list[Line2D], list[Line2D]]:
    ax.set(yscale="log", ylim=LOSSES, xlim=(0.6, EPOCHS + 0.4), xticks=range(2, EPOCHS + 1, 2))
    ax.set(title="Loss", xlabel="Epoch")
    ax.axhline(np.log(10), color=MUTED, linestyle=(0, (1, 2)), linewidth=1.2)
    ax.text(EPOCHS + 0.5, np.log(10), "log 10", color=MUTED, va="center", fontsize=9)
    twin, losses = [], []
    for split in ("train", "dev"):
        style: dict[str, Any] = {"linestyle": SPLIT_LINES[split]}
        twin += ax.plot([], [], color="#C9A9C4", linewidth=4, label=f"twin, {split}", **style)
    for split, mark in (("train", "o"), ("dev", "s")):
        style = {"linestyle": SPLIT_LINES[split], "marker": mark, "markersize": 4, "clip_on": False}
        losses += ax.plot([], [], color=SPLIT_COLORS[split], linewidth=1.8, label=split, **style)
    ax.legend(handles=[*losses, *twin], loc="upper right", ncols=2, fontsize=9)
    return twin, losses


def _draw_ratios(ax: Axes) -> list[Line2D]:
    room = 100  # above, for the legend
    ax.set(yscale="log", ylim=(RATIOS[0], room * RATIOS[1]), xlim=(0, 20 * EPOCHS), xticklabels=())
    ax.set_yticks([1e-6, 1e-3, 1], ["$10^{-6}$", "$10^{-3}$", "1"])
    ax.set_yticks([], minor=True)
    ax.set_title("Step / weight (grey: usual)")
    ax.axhspan(*USUAL, color=MUTED, alpha=0.25, linewidth=0)
    lines = [
        ax.plot([], [], color=shade, linestyle=dash, linewidth=1.8, label=f"layer {number}")[0]
        for number, (shade, dash) in enumerate(zip(SHADES, ("-", "--", ":"), strict=True), start=1)
    ]
    ax.legend(handles=lines, loc="upper right", ncols=3, fontsize=8, handlelength=1.6)
    return lines


def _draw_shut(ax: Axes) -> list[Line2D]:
    ax.set(ylim=(-4, 148), yticks=(0, 50, 100), xlim=(0, 20 * EPOCHS), xlabel="Step")
    ax.set_title("Shut, worst layer, in %")
    saturated = ax.plot([], [], color=CATEGORY_COLORS[0], linestyle="--", label="saturated numbers")
    dead = ax.plot([], [], color=CATEGORY_COLORS[1], label="dead units")
    ax.legend(handles=[*saturated, *dead], loc="upper right", ncols=2, fontsize=8, handlelength=1.6)
    return [*saturated, *dead]


def _draw_test(ax: Axes) -> tuple[Text, Text]:
    ax.axis("off")
    ax.set(xlim=(0, 1), ylim=(0, 1))
    question = ax.text(0.01, 0.82, "", color=MUTED, fontsize=10.5, va="center")
    answer = ax.text(0.01, 0.2, "", color=INK, fontsize=12.5, weight="bold", va="center")
    return question, answer
