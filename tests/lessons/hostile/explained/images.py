"""Hostile answers in the lesson on images that are right, and legal uses of all answers."""

import numpy as np

from minidl.losses import CrossEntropyLoss
from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def images_and_numbers(rng):
    N, height, width = (int(n) for n in rng.integers(2, 9, 3))
    images = rng.integers(0, 256, (N, height, width, 3)).astype(np.uint8)
    return images, rng.permutation(N)[: int(rng.integers(1, N + 1))]


def normalized_picture(rng):
    height, width = (int(n) for n in rng.integers(1, 9, 2))
    return numbers(rng, 3, height, width), rng.uniform(0, 1, 3), rng.uniform(0.05, 1, 3)


def sizes_of_images(rng):
    channels, classes = (int(n) for n in rng.integers(1, 12, 2))
    return channels, int(rng.integers(16, 120)), int(rng.integers(16, 120)), classes + 1


def model_loss_and_batches(rng):
    D, K = (int(n) for n in rng.integers(2, 8, 2))
    W = rng.normal(size=(D, K))
    sizes = rng.integers(1, 12, int(rng.integers(1, 7)))
    batches = [(rng.normal(size=(n, D)), rng.integers(0, K, n)) for n in sizes]
    return W.__rmatmul__, CrossEntropyLoss(), batches


def score_and_image(rng):
    size = int(rng.integers(1, 6))
    shape = (int(rng.integers(1, 5)), *(size + int(n) for n in rng.integers(0, 8, 2)))
    weights = rng.normal(size=shape)

    def score(image):
        return float((weights * image).sum())

    return score, numbers(rng, *shape), size, int(rng.integers(1, 5)), float(rng.normal())


def writers_and_count(rng):
    N = int(rng.integers(3, 40))
    writers = rng.integers(0, int(rng.integers(2, 9)), N)
    return writers, int(rng.integers(1, N))


USES = {
    "statistics": Use(images_and_numbers),
    "back": Use(normalized_picture),
    "parameters": Use(sizes_of_images),
    "validation": Use(model_loss_and_batches),
    "occlusion": Use(score_and_image),
    "writers": Use(writers_and_count),
}
TWICE = "for _ in range(2): | + for _ in list(range(2))"
PART = "falls[i, j] is written at every place, in any order."
EXPLAINED = {
    "back": [
        Explained(
            "The larger of two numbers is the same either way round.",
            (
                "- picture = np.rint(255 * np.clip(fractions, 0, 1)).astype(np.uint8) | "
                "+ picture = np.rint(255 * np.clip(0, fractions, 1)).astype(np.uint8)",
            ),
        ),
    ],
    "parameters": [
        Explained("Two times are two times.", (f"- {TWICE}[:3]:", f"- {TWICE}[::-1]:")),
    ],
    "validation": [
        Explained(
            "A sum is the same in any order.",
            ("- for X, y in batches: | + for X, y in list(batches)[::-1]:",),
        ),
    ],
    "occlusion": [
        Explained(
            "An image has one height and one width.",
            (
                "- rows, columns = (range(0, n - size + 1, stride) for n in (height, width)) | "
                "+ rows, columns = "
                "(range(0, n - size + 1, stride) for n in list((height, width))[:3])",
            ),
        ),
        Explained(
            PART,
            (
                "- falls = np.zeros((len(rows), len(columns))) | "
                "+ falls = np.ones((len(rows), len(columns)))",
                "- for i, top in enumerate(rows): | + for i, top in list(enumerate(rows))[::-1]:",
                "- for j, left in enumerate(columns): | "
                "+ for j, left in list(enumerate(columns))[::-1]:",
            ),
        ),
    ],
    "writers": [
        Explained(
            "A writer's samples are marked once or twice, and those of higher numbers are already.",
            (
                "+ in_dev |= writers == writer",
                "- in_dev |= writers == writer | + in_dev |= writers >= writer",
            ),
        ),
    ],
}
