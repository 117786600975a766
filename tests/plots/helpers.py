"""What tests of plots share: hostile settings of a session, and the points of a line."""

HOSTILE = {
    "text.usetex": True,  # with no LaTeX, nothing can be drawn
    "path.sketch": (1, 100, 2),  # as xkcd
    "lines.dashed_pattern": (1, 5),
    "lines.markersize": 11,
    "axes.xmargin": 0.3,
    "axes.autolimit_mode": "round_numbers",  # as classic
    "xtick.direction": "in",
    "xtick.top": True,
    "xtick.major.size": 9,
    "font.weight": "bold",
    "mathtext.fontset": "cm",
    "legend.loc": "center",
    "legend.shadow": True,
    "patch.force_edgecolor": True,
    "figure.dpi": 60,
    "savefig.dpi": 60,
}
"""Under these no picture of the course may change.

Some are as in the styles that matplotlib has, and one needs another program.
"""


def points_of(line):
    """Return the points of a line in order, whichever way it was drawn."""
    return sorted(zip(*map(list, line.get_data()), strict=True))
