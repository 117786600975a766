"""The machine y = max(w·x + b, 0)·v: its links one after another, forward and back."""

from __future__ import annotations

from dataclasses import dataclass

DIALS = ("w", "x", "b", "v")
"""What can be turned."""
RESULTS = ("p", "z", "a", "y")
"""What the links make of it, in their order: p = w·x, z = p + b, a = max(z, 0), y = a·v."""
LINKS = {
    ("x", "p"): "w",
    ("w", "p"): "x",
    ("b", "z"): "1",
    ("p", "z"): "1",
    ("z", "a"): "gate",
    ("v", "y"): "a",
    ("a", "y"): "v",
}
"""From where to where, and what it multiplies by."""

DIGITS = 9  # beyond them is rounding, which would open the max where 0.1·3 − 0.3 is 0


@dataclass(frozen=True)
class Machine:
    """Where the dials stand.

    Attributes
    ----------
    w, x, b, v : float
        The dials.
    """

    w: float
    x: float
    b: float
    v: float

    def values(self) -> dict[str, float]:
        """Return every value, those of the dials too, in the order of the links.

        Examples
        --------
        >>> Machine(w=2.0, x=3.0, b=-1.0, v=-1.5).values()["y"]
        -7.5
        """
        p = self.w * self.x
        z = round(p + self.b, DIGITS)
        a = max(z, 0.0)
        return {"w": self.w, "x": self.x, "b": self.b, "v": self.v} | dict(
            zip(RESULTS, (p, z, a, a * self.v), strict=True)
        )

    def factors(self) -> dict[tuple[str, str], float]:
        """Return what each link multiplies a nudge by, here.

        At z = 0 the max has no slope; it takes that of its left side.

        Examples
        --------
        >>> Machine(w=2.0, x=3.0, b=-1.0, v=-1.5).factors()["w", "p"]
        3.0
        """
        values = self.values()
        known = {**values, "1": 1.0, "gate": float(values["z"] > 0)}
        return {link: known[factor] for link, factor in LINKS.items()}

    def slopes(self) -> dict[str, float]:
        """Return for each value how many times as far y moves, from y back to the dials.

        Examples
        --------
        >>> Machine(w=2.0, x=3.0, b=-1.0, v=-1.5).slopes()["w"]
        -4.5
        """
        factors, slopes = self.factors(), {"y": 1.0}
        for start, end in reversed(LINKS):
            slopes[start] = slopes[end] * factors[start, end]
        return slopes

    def turned(self, dial: str, nudge: float) -> Machine:
        """Return the machine with one dial turned, the others held still."""
        return Machine(**{name: getattr(self, name) + nudge * (name == dial) for name in DIALS})
