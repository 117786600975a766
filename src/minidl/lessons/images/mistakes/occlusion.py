"""Mistakes that learners make in "Cover a part, and see what happens"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.images.solutions import occlusion


def starts(n, size, stride, short=0):
    return range(0, n - size + 1 - short, stride)


def fall_of(score, image, covered):
    return score(image) - score(covered)


def covering(cover, fall=fall_of, short=0):
    """Return an answer that slips in what it covers, in what it notes, or at the end."""

    def answer(score, image, size, stride, fill):
        rows, columns = (starts(n, size, stride, short) for n in image.shape[1:])
        falls = np.zeros((len(rows), len(columns)))
        for i, j in np.ndindex(*falls.shape):
            covered = image.copy()
            cover(covered, rows[i], columns[j], size, fill)
            falls[i, j] = fall(score, image, covered)
        return falls

    return answer


def patch(covered, top, left, size, fill):
    covered[:, top : top + size, left : left + size] = fill


def one_channel(covered, top, left, size, fill):
    covered[0, top : top + size, left : left + size] = fill


def zero(covered, top, left, size, fill):
    patch(covered, top, left, size, 0.0)


def all_but(covered, top, left, size, fill):
    kept = covered[:, top : top + size, left : left + size].copy()
    covered[...] = fill
    covered[:, top : top + size, left : left + size] = kept


def one_larger(covered, top, left, size, fill):
    patch(covered, top, left, size + 1, fill)


def crosswise(covered, top, left, size, fill):
    covered[:, left : left + size, top : top + size] = fill


def corner_alone(covered, top, left, size, fill):
    covered[:, top, left] = fill


def channels_last(covered, top, left, size, fill):
    covered[top : top + size, left : left + size] = fill


def as_large_as_its_step(score, image, size, stride, fill):
    """Return falls of patches as large as the stride, one for each place of the right size."""
    rows, columns = (starts(n, size, stride) for n in image.shape[1:])
    falls = np.zeros((len(rows), len(columns)))
    for i, j in np.ndindex(*falls.shape):
        covered = image.copy()
        patch(covered, rows[i], columns[j], stride, fill)
        falls[i, j] = score(image) - score(covered)
    return falls


def over_the_rim(score, image, size, stride, fill):
    rows, columns = (range(0, n, stride) for n in image.shape[1:])
    falls = np.zeros((len(rows), len(columns)))
    for i, j in np.ndindex(*falls.shape):
        covered = image.copy()
        patch(covered, rows[i], columns[j], size, fill)
        falls[i, j] = score(image) - score(covered)
    return falls


def never_put_back(score, image, size, stride, fill):
    covered = image.copy()
    rows, columns = (starts(n, size, stride) for n in image.shape[1:])
    falls = np.zeros((len(rows), len(columns)))
    for i, j in np.ndindex(*falls.shape):
        patch(covered, rows[i], columns[j], size, fill)
        falls[i, j] = score(image) - score(covered)
    return falls


def one_short_in_lists(*given):
    """Return the map as a list of rows becomes one: with no rows, an array of one dimension."""
    found = covering(patch, short=1)(*given)
    return found if len(found) else np.array([])


def in_the_image(score, image, size, stride, fill):
    found = occlusion(score, image, size, stride, fill)
    patch(image, 0, 0, size, fill)
    return found


def side_by_side(score, image, size, stride, fill):
    """Return as many falls as there should be, of patches that begin one pixel apart."""
    right = occlusion(score, image, size, stride, fill)
    return occlusion(score, image, size, 1, fill)[: right.shape[0], : right.shape[1]]


def transposed(score, image, size, stride, fill):
    return occlusion(score, image, size, stride, fill).T


MISTAKES = Mistakes(
    Mistake("changes-its-input", in_the_image),
    Mistake(
        "never-put-back",
        never_put_back,
        "Each patch stays where it was, so that more and more is covered. Begin with a new copy of "
        "the image at each place.",
    ),
    Mistake(
        "rises",
        covering(patch, lambda score, image, covered: score(covered) - score(image)),
        "This is how far the score rises. A part that mattered should have a large fall: the score "
        "before, minus the score after.",
    ),
    Mistake(
        "score-itself",
        covering(patch, lambda score, image, covered: score(covered)),
        "These are the scores of the covered images; by how much did they fall?",
    ),
    Mistake(
        "amounts",
        covering(patch, lambda score, image, covered: abs(score(image) - score(covered))),
        "Some falls are negative: without that part the score is higher. Keep the sign.",
    ),
    Mistake(
        "relative",
        covering(patch, lambda score, image, covered: 1 - score(covered) / score(image)),
        "These are falls relative to the score; a score may be 0 or negative, so take the "
        "difference.",
    ),
    Mistake(
        "one-channel",
        covering(one_channel),
        "Only the first channel is covered; what is behind the patch shows in the others.",
    ),
    Mistake("always-zero", covering(zero), "The patch is always of zeros; `fill` says of what."),
    Mistake(
        "all-but",
        covering(all_but),
        "All but the patch is covered. That is a question too, but not the one asked here.",
    ),
    Mistake(
        "crosswise",
        covering(crosswise),
        "Rows are taken for columns: an image of shape (C, H, W) is cut as `[:, rows, columns]`.",
    ),
    Mistake(
        "channels-last",
        covering(channels_last),
        "`[rows, columns]` cuts channels and rows here: an image of shape (C, H, W) is cut as "
        "`[:, rows, columns]`.",
    ),
    Mistake(
        "one-pixel",
        covering(corner_alone),
        "One pixel is covered: a patch ends `size` rows and columns after it begins.",
    ),
    Mistake(
        "as-its-step",
        as_large_as_its_step,
        "The patch is as large as its step: it ends at `top + size`, not at `top + stride`.",
    ),
    Mistake(
        "over-the-rim",
        over_the_rim,
        "Some patches reach over the rim. Of n rows, the last in which one of `size` rows can "
        "begin is n − size.",
    ),
    Mistake("one-larger", covering(one_larger), "The patch is one row and one column too large."),
    Mistake(
        "stride-ignored",
        lambda score, image, size, stride, fill: occlusion(score, image, size, 1, fill),
        "The patch moves on by 1; it should move on by `stride`.",
    ),
    Mistake(
        "side-by-side",
        side_by_side,
        "There are as many places as there should be, but the patches begin one pixel apart, not "
        "`stride`.",
    ),
    Mistake(
        "by-its-size",
        lambda score, image, size, stride, fill: occlusion(score, image, size, size, fill),
        "The patch moves on by its own size; it should move on by `stride`.",
    ),
    Mistake(
        "one-short",
        covering(patch, short=1),
        "The last place is missing: of n rows, a patch of `size` rows can begin in 0 … n − size.",
    ),
    Mistake(
        "one-short",
        one_short_in_lists,
        "The last place is missing: of n rows, a patch of `size` rows can begin in 0 … n − size.",
    ),
    Mistake("transposed", transposed, "Rows and columns of the map are exchanged."),
    Mistake("values", lambda *given: occlusion(*given) + 1),
)
