"""Mistakes that learners make in "Name the fault, before an epoch is trained"."""

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.debugging import solutions as right


def except_for(*found, instead=lambda report: "nothing yet"):
    """Return a diagnosis that misses some faults, or takes them for others."""

    def diagnose(report):
        name = right.diagnose(report)
        return instead(report) if name in found else name

    return diagnose


def without_inputs(report):
    """Return what is said by somebody who does not look at the inputs."""
    return right.diagnose({**report, "inputs": 0.5})


def without_sign(report):
    return right.diagnose({**report, "slope": abs(report["slope"])})


def fifty(report):
    return right.diagnose({**report, "samples": 50})


def roughly_the_number(report):
    near = abs(report["slope"] - report["samples"]) < 0.5
    return "missing 1/N" if near and report["inputs"] < 3 else right.diagnose(report)


def half_is_saturated(report):
    name = right.diagnose(report)
    late = ("no shuffling", "drawn with replacement", "rate too high", "nothing yet")
    return "saturated units" if name in late and report["saturated"] > 0.3 else name


def exactly_one(report):
    name, slope = right.diagnose(report), report["slope"]
    early = ("unscaled inputs", "wrong sign", "missing 1/N")
    return "wrong formula" if name not in early and slope != 1 else name


def dead_in_part(report):
    name = right.diagnose(report)
    late = ("no shuffling", "rate too high", "nothing yet", "drawn with replacement")
    return "dead ReLUs" if name in late and report["dead"] > 0.05 else name


MISTAKES = Mistakes(
    Mistake(
        "effect-for-cause",
        without_inputs,
        "Patients with a wrong name: {count}. Inputs of 8 make large steps: what you take for a "
        "rate that is too high is inputs that nobody has scaled. Ask for the cause first.",
    ),
    Mistake(
        "without-sign",
        without_sign,
        "A slope of −1 is a gradient that points uphill, and your code takes it for a right one.",
    ),
    Mistake(
        "fifty-by-heart",
        fifty,
        "A missing 1/N shows as N: the number of samples on which the slope was measured, "
        '`report["samples"]`, and that is not always 50.',
    ),
    Mistake(
        "roughly-the-number",
        roughly_the_number,
        "A gradient that has nothing to do with the slope may come near N by chance, 24.8 for 25; "
        "a missing 1/N gives N itself, to six digits. Leave less room: 0.01, not 1 % of N.",
    ),
    Mistake(
        "half-is-saturated",
        half_is_saturated,
        "A ReLU is flat for half of its inputs, and that is its nature: a saturated share near 0.5 "
        "is no fault. Tanh at 0.9 is.",
    ),
    Mistake(
        "exactly-one",
        exactly_one,
        "A measured slope is hardly ever exactly 1, −1 or N: leave room, `abs(slope - 1) < 0.01`.",
    ),
    Mistake(
        "dead-in-part",
        dead_in_part,
        "A few units that are silent for one batch are common; the fault is a layer in which "
        "nearly all are.",
    ),
    Mistake(
        "missing-mean-as-formula",
        except_for("missing 1/N", instead=lambda report: "wrong formula"),
        "A slope equal to the number of samples has a name of its own: 1/N is missing.",
    ),
    Mistake(
        "update-as-formula",
        except_for("rate too high", instead=lambda report: "wrong formula"),
        "With a slope of 1 the gradient is right; what is too large is the step.",
    ),
    Mistake(
        "batches-unread",
        except_for("no shuffling", "drawn with replacement"),
        "Nobody looks into the batches here: how many classes do they have, and how many different "
        "samples does an epoch?",
    ),
    Mistake(
        "misjudged",
        except_for("dead ReLUs"),
        "Patients with a wrong name: {count}. One of them: {told}. You said “{answer}”, it is "
        "“{right}”.",
    ),
)
