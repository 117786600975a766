"""Right answers to the exercises on images, as somebody else would write them."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minidl.data import StandardScaler
from minidl.data.transforms import Compose, Normalize, ToArray
from minidl.models import LeNet


def statistics_by_scaler(images, train):
    scaler = StandardScaler().fit(images[train].reshape(-1, 3) / 255)
    return scaler.mean, scaler.scale


def statistics_by_channel(images, train):
    channels = [images[train][..., c].astype(float) for c in range(3)]
    return np.array([c.mean() for c in channels]) / 255, np.array([c.std() for c in channels]) / 255


def statistics_by_loops(images, train):
    total, squares, n = np.zeros(3), np.zeros(3), 0
    for i in train:
        for row in images[i]:
            for pixel in row / 255:
                total, squares, n = total + pixel, squares + pixel**2, n + 1
    mean = total / n
    return [mean, np.sqrt(squares / n - mean**2)]


def back_by_transforms(x, mean, std):
    return Compose([ToArray(np.float64), Normalize(mean, std)]).inverse(x)


def back_with_channels_last(x, mean, std):
    picture = np.moveaxis(x, 0, -1) * std + mean
    return np.clip(np.round(picture * 255), 0, 255).astype(np.uint8)


def back_by_channels(x, mean, std):
    channels = [255 * (x[c] * std[c] + mean[c]) + 0.5 for c in range(3)]
    return np.stack([np.uint8(np.minimum(np.maximum(c, 0), 255)) for c in channels], axis=-1)


def parameters_by_formula(channels, height, width, classes):
    def left_of(n):
        return ((n - 5 + 1) // 2 - 5 + 1) // 2

    units = [16 * left_of(height) * left_of(width), 120, 84, classes]
    dense = [units[i] * units[i + 1] + units[i + 1] for i in range(3)]
    return (6 * channels * 25 + 6, 16 * 6 * 25 + 16, *dense)


def parameters_as_array(channels, height, width, classes):
    h, w = height // 4 - 3, width // 4 - 3
    inputs = np.array([25 * channels, 150, 16 * h * w, 120, 84])
    return (inputs + 1) * np.array([6, 16, 120, 84, classes])


def parameters_by_model(channels, height, width, classes):
    model = LeNet(channels, classes, image_size=32)
    h, w = ((side - 12) // 4 for side in (height, width))
    sizes = [sum(a.size for a in layer.params.values()) for layer in model.layers]
    counts = [size for size in sizes if size]
    counts[2] = 120 * (16 * h * w + 1)
    return counts


def validation_at_once(model, loss_fn, batches):
    predicts, labels = zip(*[(model(X), y) for X, y in batches], strict=True)
    return loss_fn(np.concatenate(predicts), np.concatenate(labels))


def validation_by_weights(model, loss_fn, batches):
    losses = [loss_fn(model(X), y) for X, y in batches]
    return np.average(losses, weights=[len(y) for _, y in batches])


def validation_running(model, loss_fn, batches):
    mean, seen = 0.0, 0
    for X, y in batches:
        seen += len(X)
        mean += (loss_fn(model(X), y) - mean) * len(X) / seen
    return mean


def occlusion_by_lists(score, image, size, stride, fill):
    whole, (_, H, W) = score(image), image.shape
    falls = []
    for top in range(0, H - size + 1, stride):
        falls.append([])
        for left in range(0, W - size + 1, stride):
            covered = np.array(image)
            covered[:, top : top + size, left : left + size] = fill
            falls[-1].append(whole - score(covered))
    return np.array(falls)


def occlusion_by_where(score, image, size, stride, fill):
    _, H, W = image.shape
    rows, columns = np.arange(H)[:, None], np.arange(W)
    tops, lefts = ((n - size) // stride + 1 for n in (H, W))
    falls = np.empty((tops, lefts))
    for i, j in np.ndindex(tops, lefts):
        down, across = rows - i * stride, columns - j * stride
        inside = (down >= 0) & (down < size) & (across >= 0) & (across < size)
        falls[i, j] = score(image) - score(np.where(inside, fill, image))
    return falls


def occlusion_put_back(score, image, size, stride, fill):
    image = image.copy()
    whole, windows = score(image), sliding_window_view(image, (size, size), axis=(1, 2))
    falls = np.zeros(windows[0, ::stride, ::stride].shape[:2])
    for i, j in np.ndindex(falls.shape):
        part = image[:, i * stride : i * stride + size, j * stride : j * stride + size]
        kept = part.copy()
        part[...] = fill
        falls[i, j] = whole - score(image)
        part[...] = kept
    return falls


def writers_by_sets(writers, count):
    chosen = set()
    for writer in sorted({int(w) for w in writers}, reverse=True):
        if sum(int(w) in chosen for w in writers) >= count:
            break
        chosen.add(writer)
    numbers = range(len(writers))
    dev = [i for i in numbers if int(writers[i]) in chosen]
    return np.array([i for i in numbers if i not in dev], dtype=int), np.array(dev)


def writers_by_counts(writers, count):
    names, counts = np.unique(writers, return_counts=True)
    up_to = np.cumsum(counts[::-1])
    lowest = names[::-1][np.argmax(up_to >= count)]
    return np.where(writers < lowest)[0], np.where(writers >= lowest)[0]


def writers_by_sorting(writers, count):
    lowest = np.sort(writers)[-count]
    return np.flatnonzero(writers < lowest), np.flatnonzero(writers >= lowest)


ALTERNATIVES = {
    "statistics": [statistics_by_scaler, statistics_by_channel, statistics_by_loops],
    "back": [back_by_transforms, back_with_channels_last, back_by_channels],
    "parameters": [parameters_by_formula, parameters_as_array, parameters_by_model],
    "validation": [validation_at_once, validation_by_weights, validation_running],
    "occlusion": [occlusion_by_lists, occlusion_by_where, occlusion_put_back],
    "writers": [writers_by_sets, writers_by_counts, writers_by_sorting],
}
