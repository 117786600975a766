"""Mistakes that learners make in "Where LeNet's numbers are"."""

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.images.solutions import lenet_parameters


def counted(after=lambda n: (n - 4) // 2, bias=1, deep=True, times=2, kernel=5):
    """Return an answer that slips in the sizes, the biases or the kernels."""

    def answer(channels, height, width, classes):
        for _ in range(times):
            height, width = after(height), after(width)
        one, two = (channels, 6) if deep else (1, 1)
        area = kernel * kernel
        return [
            6 * (one * area + bias), 16 * (two * area + bias),
            int(16 * height * width + bias) * 120, (120 + bias) * 84, (84 + bias) * classes,
        ]  # fmt: skip

    return answer


def over_the_channels_again(channels, height, width, classes):
    counts = lenet_parameters(channels, height, width, classes)
    return [counts[0], 16 * (channels * 25 + 1), *counts[2:]]


def bias_of_each_channel(channels, height, width, classes):
    counts = lenet_parameters(channels, height, width, classes)
    return [6 * channels * (25 + 1), 16 * 6 * (25 + 1), *counts[2:]]


def over_one_map(channels, height, width, classes):
    counts = lenet_parameters(channels, height, width, classes)
    return [counts[0], 16 * (25 + 1), *counts[2:]]


def one_bias_a_convolution(channels, height, width, classes):
    counts = lenet_parameters(channels, height, width, classes)
    return [counts[0] - 5, counts[1] - 15, *counts[2:]]


def one_bias(channels, height, width, classes):
    with_all = lenet_parameters(channels, height, width, classes)
    return [n - units + 1 for n, units in zip(with_all, (6, 16, 120, 84, classes), strict=True)]


def quarter_of_the_rest(channels, height, width, classes):
    counts = lenet_parameters(channels, height, width, classes)
    area = (height - 8) // 4 * ((width - 8) // 4)
    return [*counts[:2], (16 * area + 1) * 120, *counts[3:]]


def no_channels_into_fc1(channels, height, width, classes):
    counts = lenet_parameters(channels, height, width, classes)
    return [*counts[:2], ((counts[2] // 120 - 1) // 16 + 1) * 120, *counts[3:]]


def fixed(channels, height, width, classes):
    return lenet_parameters(channels, 32, 32, classes)


def square(channels, height, width, classes):
    return lenet_parameters(channels, height, height, classes)


def across(channels, height, width, classes):
    return lenet_parameters(channels, width, width, classes)


MISTAKES = Mistakes(
    Mistake(
        "no-bias",
        counted(bias=0),
        "The biases are missing: each kernel and each unit has one.",
    ),
    Mistake(
        "one-bias", one_bias, "Each layer has one bias in all here; each kernel and unit has one."
    ),
    Mistake(
        "flat-kernels",
        counted(deep=False),
        "A kernel reaches over all channels of its input: its numbers are channels · 5 · 5.",
    ),
    Mistake(
        "one-map-deep",
        over_one_map,
        "Each of the sixteen kernels of `conv2` reaches over all six feature maps of `conv1`: 6 · "
        "25 numbers and a bias.",
    ),
    Mistake(
        "channels-again",
        over_the_channels_again,
        "The kernels of `conv2` do not see the image: they reach over the six feature maps of "
        "`conv1`, however many channels the image has.",
    ),
    Mistake(
        "bias-of-each-channel",
        bias_of_each_channel,
        "A kernel has one bias in all, not one for each channel that it reaches over.",
    ),
    Mistake(
        "one-bias-each",
        one_bias_a_convolution,
        "Each convolution has one bias in all here; each of its kernels has one.",
    ),
    Mistake(
        "no-pooling",
        counted(after=lambda n: n - 4),
        "The poolings are missing: each halves height and width.",
    ),
    Mistake(
        "no-window",
        counted(after=lambda n: n // 2),
        "A window of 5 does not reach over the rim: of n rows it leaves n − 4.",
    ),
    Mistake(
        "minus-five",
        counted(after=lambda n: (n - 5) // 2),
        "A window of 5 leaves n − 5 + 1 of n rows, as in the last lesson.",
    ),
    Mistake(
        "rounded-up",
        counted(after=lambda n: -(-(n - 4) // 2)),
        "A pooling of 2 takes whole windows only: of 15 rows it makes 7, not 8.",
    ),
    Mistake(
        "half-rows",
        counted(after=lambda n: (n - 4) / 2),
        "There are no half rows: a pooling takes whole windows only. `//` divides so.",
    ),
    Mistake(
        "halved-first",
        counted(after=lambda n: n // 2 - 4),
        "The convolution comes first, then the pooling.",
    ),
    Mistake(
        "halved-at-the-end",
        quarter_of_the_rest,
        "The first pooling comes before the second convolution, which takes its 4 off what is "
        "halved already: ((n − 4) // 2 − 4) // 2.",
    ),
    Mistake(
        "one-block",
        counted(times=1),
        "Only one convolution and pooling are counted in the size that `fc1` sees.",
    ),
    Mistake("small-kernels", counted(kernel=3), "The kernels are of 5 × 5."),
    Mistake("one-map", no_channels_into_fc1, "`fc1` sees all 16 feature maps: 16 · h · w inputs."),
    Mistake("always-32", fixed, "`fc1` is always that of images of 32 × 32."),
    Mistake("square", square, "It takes the height for the width, too."),
    Mistake("square", across, "It takes the width for the height, too."),
    Mistake(
        "sum",
        lambda *sizes: sum(lenet_parameters(*sizes)),
        "This is one number. Return a list of five, one for each layer.",
    ),
    Mistake("not-an-array", lambda *sizes: "five"),
    Mistake("shape", lambda *sizes: lenet_parameters(*sizes)[:4]),
    Mistake("values", lambda *sizes: [n + 1 for n in lenet_parameters(*sizes)]),
)
