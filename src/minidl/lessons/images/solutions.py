"""Solutions of the exercises in the lesson `images`."""

import numpy as np


def channel_statistics(images, train):
    part = images[train] / 255
    return part.mean(axis=(0, 1, 2)), part.std(axis=(0, 1, 2))


def to_picture(x, mean, std):
    fractions = x * std[:, np.newaxis, np.newaxis] + mean[:, np.newaxis, np.newaxis]
    picture = np.rint(255 * np.clip(fractions, 0, 1)).astype(np.uint8)
    return picture.transpose(1, 2, 0)


def lenet_parameters(channels, height, width, classes):
    for _ in range(2):  # a window of 5 takes off 4, a pooling halves
        height, width = (height - 4) // 2, (width - 4) // 2
    conv1, conv2 = 6 * (channels * 25 + 1), 16 * (6 * 25 + 1)
    fc1, fc2, fc3 = (16 * height * width + 1) * 120, 121 * 84, 85 * classes
    return [conv1, conv2, fc1, fc2, fc3]


def validation_loss(model, loss_fn, batches):
    total, count = 0.0, 0
    for X, y in batches:
        total += loss_fn(model(X), y) * len(y)
        count += len(y)
    return total / count


def occlusion(score, image, size, stride, fill):
    _, height, width = image.shape
    rows, columns = (range(0, n - size + 1, stride) for n in (height, width))
    falls = np.zeros((len(rows), len(columns)))
    for i, top in enumerate(rows):
        for j, left in enumerate(columns):
            covered = image.copy()
            covered[:, top : top + size, left : left + size] = fill
            falls[i, j] = score(image) - score(covered)
    return falls


def split_by_writer(writers, count):
    in_dev = np.zeros(len(writers), dtype=bool)
    for writer in np.unique(writers)[::-1]:
        if in_dev.sum() < count:
            in_dev |= writers == writer
    return np.flatnonzero(~in_dev), np.flatnonzero(in_dev)
