"""Mistakes that learners make in "How far from linear?"."""

from minidl.checking.mistake import Mistake, Mistakes

MISTAKES = Mistakes(
    Mistake(
        "sum-only",
        lambda T, u, v, a, b: T(u + v) - (T(u) + T(v)),
        "The numbers a and b are missing.",
    ),
    Mistake(
        "absolute-value",
        lambda T, u, v, a, b: abs(T(a * u + b * v) - (a * T(u) + b * T(v))),
        "Keep the sign: the gap may be negative.",
    ),
    Mistake(
        "sign",
        lambda T, u, v, a, b: a * T(u) + b * T(v) - T(a * u + b * v),
        "The two sides are swapped: it is T(a u + b v) minus the rest.",
    ),
    Mistake(
        "half-bracket",
        lambda T, u, v, a, b: T(a * u + b * v) - a * T(u) + b * T(v),
        "b T(v) is taken away, too: mind the brackets.",
    ),
    Mistake(
        "numbers-inside",
        lambda T, u, v, a, b: T(a * u + b * v) - T(a * u) - T(b * v),
        "On the right, a and b stand before T, not inside it.",
    ),
    Mistake("values", lambda T, u, v, a, b: T(a * u + b * v)),
)
