"""How training went: losses and scores against epochs."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.axes import Axes

from minidl.plots.style import SPLIT_COLORS, SPLIT_LINES, new_axes, styled
from minidl.train.history import History
from minidl.validation import check_choice

SPLITS = ("train", "dev")


@styled()
def plot_history(
    history: History,
    ax: Axes | None = None,
    *,
    kind: str = "loss",
    splits: Iterable[str] = SPLITS,
    label: str | None = None,
    color: str | None = None,
) -> Axes:
    """Plot losses or scores against epochs: a solid line for train, a dashed one for dev.

    Several runs can share axes: call it once for each, with the same `ax`, a `label` and a
    `color`.

    Parameters
    ----------
    history : History
        What a Runner recorded, `runner.history`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default in a new figure.
    kind : {"loss", "score"}
        What to draw; the score is what the Runner's metric measures, usually the accuracy.
    splits : iterable of {"train", "dev"}
        Whose curves to draw; a set that was never evaluated has none.
    label : str, optional
        The run's name, which stands before "train" and "dev" in the legend.
    color : str, optional
        The colour of the run's lines; by default one for each set.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there is nothing to draw.

    Examples
    --------
    >>> from minidl.train.history import History
    >>> history = History()
    >>> for step in range(1, 4):
    ...     history.record_train(step, loss=1 / step, score=0.5)
    >>> [line.get_label() for line in plot_history(history).lines]
    ['train']
    """
    check_choice(kind, "kind", ("loss", "score"))
    chosen = [check_choice(split, "splits", SPLITS) for split in splits]
    curves = {split: getattr(history, f"{split}_{kind}") for split in chosen}
    if not any(curves.values()):
        raise ValueError(
            f"expected a history with a {kind} of {' or '.join(chosen)}, received an empty one; "
            "try runner.train(...) first" + (", with a metric" if kind == "score" else "")
        )
    ax = new_axes(ax)
    for split, values in curves.items():
        if values:
            name = split if label is None else f"{label}, {split}"
            (line,) = ax.plot(getattr(history, f"{split}_steps"), values, label=name)
            line.set(color=color or SPLIT_COLORS[split], linestyle=SPLIT_LINES[split])
    ax.set(xlabel=_unit_of(history), ylabel="Mean loss" if kind == "loss" else "Score")
    ax.legend()
    return ax


def _unit_of(history: History) -> str:
    """Return what the steps are: with the whole training set as one batch, epochs."""
    one_step_an_epoch = history.train_steps == list(range(1, len(history.train_steps) + 1))
    return "Epoch" if one_step_an_epoch else "Step"
