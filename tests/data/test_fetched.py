"""The readers of MNIST's and CIFAR-10's formats, on small files of these, good and bad."""

import gzip
import hashlib
import io
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.data import (
    CIFAR10_CLASSES,
    FASHION_CLASSES,
    cifar,
    fetch_cifar10,
    fetch_fashion_mnist,
    fetch_mnist,
    mnist,
    read_cifar10,
    write_cifar10,
)
from minidl.data.downloads import RemoteFile
from minidl.data.idx import read_idx
from tests.data.pictures import write
from tests.data.serving import serving

RNG = np.random.default_rng(0)


def idx(array, *, kind=8, shape=None, data=None):
    """Return an array as an uncompressed IDX file."""
    shape = array.shape if shape is None else shape
    header = bytes([0, 0, kind, len(shape)]) + np.array(shape, dtype=">u4").tobytes()
    return header + (array.tobytes() if data is None else data)


def images(N, *shape):
    return RNG.integers(0, 256, (N, *shape), dtype=np.uint8)


def named_by_words(value):
    """Name a case by its words, since compressed bytes hold the time."""
    return value if isinstance(value, str) else "data"


# IDX


@pytest.mark.parametrize("shape", [(7,), (3, 28, 28), (2, 3), (0, 28, 28)])
def test_an_array_of_bytes_is_read_as_it_was_written(tmp_path, shape):
    array = images(*shape)
    read = read_idx(write(tmp_path / "a.gz", gzip.compress(idx(array))))
    assert (read.dtype, read.shape) == (np.uint8, shape)
    assert np.array_equal(read, array)
    assert read.flags.writeable


SMALL = images(2, 3, 4)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it begins with nothing"),
        (gzip.compress(b""), "it begins with nothing"),
        (gzip.compress(b"\0\0"), "it begins with 00 00"),
        (idx(SMALL), "Not a gzipped file"),
        (gzip.compress(b"<html>"), "it begins with 3c 68 74 6d"),
        (gzip.compress(idx(SMALL, kind=13)), "it begins with 00 00 0d 03, not with 00 00 08"),
        (gzip.compress(idx(SMALL, shape=())), "it begins with 00 00 08 00"),
        (gzip.compress(idx(SMALL)[:9]), "it ends within the lengths of its 3 axes"),
        (gzip.compress(idx(SMALL)[:-1]), "it claims 24 bytes and holds 23"),
        (gzip.compress(idx(SMALL) + b"x"), "it claims 24 bytes and holds more"),
        (gzip.compress(idx(SMALL, shape=(2**32 - 1,) * 3)), r"it claims \d{29} bytes"),
        (gzip.compress(idx(SMALL))[:-9], "ended before the end-of-stream marker"),
        (gzip.compress(idx(SMALL))[:-8] + b"12345678", "CRC check failed"),
    ],
    ids=named_by_words,
)
def test_a_broken_idx_file_is_named_with_its_fault(tmp_path, data, words):
    path = write(tmp_path / "bad.gz", data)
    with pytest.raises(ValueError, match=f"bad.gz: expected a compressed IDX file, .*{words}"):
        read_idx(path)


def test_an_idx_file_that_is_not_there_is_the_systems_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_idx(tmp_path / "none.gz")


LARGER = gzip.compress(
    idx((np.arange(15680) % 251 % 7).astype(np.uint8), shape=(20, 28, 28)), mtime=0
)


@given(st.integers(0, len(LARGER) - 1), st.integers(0, 255))
def test_a_flipped_byte_of_an_idx_file_is_read_or_refused(place, value):
    data = bytearray(LARGER)
    data[place] = value
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "bad.gz", bytes(data))
        try:
            words = str(read_idx(path).ndim)
        except ValueError as error:
            words = str(error)
    assert words == "3" or "bad.gz: expected a compressed IDX file" in words


def test_a_broken_stream_of_a_larger_idx_file_is_named(tmp_path):
    """Where nothing but the unpacking itself sees it."""
    data = LARGER[:30] + b"\xff" * 50 + LARGER[80:]
    with pytest.raises(ValueError, match=r"bad.gz: expected a compressed .*while decompressing"):
        read_idx(write(tmp_path / "bad.gz", data))


# CIFAR-10


def small_cifar(N=12, tests=3):
    return tuple((images(n, 32, 32, 3), RNG.integers(0, 10, n)) for n in (N, tests))


def test_what_is_written_is_read_again(tmp_path):
    train, test = small_cifar()
    write_cifar10(tmp_path / "small.tar.gz", train, test)
    read = read_cifar10(tmp_path / "small.tar.gz")
    for (X, y), (read_X, read_y) in zip((train, test), read, strict=True):
        assert (read_X.dtype, read_y.dtype) == (np.uint8, np.int64)
        assert np.array_equal(read_X, X)
        assert np.array_equal(read_y, y)
        assert read_X.flags.writeable


def archive(members):
    """Return a compressed tar archive of files by their names."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def rows(*labels):
    """Return samples as bytes: a label, then 1,024 times red 1, green 2 and blue 3."""
    pixels = bytes([1]) * 1024 + bytes([2]) * 1024 + bytes([3]) * 1024
    return b"".join(bytes([label]) + pixels for label in labels)


FOLDER = "cifar-10-batches-bin/"
PARTS = {f"{FOLDER}data_batch_{number}.bin": rows(number) for number in range(1, 6)}
WHOLE = {**PARTS, f"{FOLDER}test_batch.bin": rows(9, 0)}


def test_the_format_is_a_label_then_red_green_and_blue(tmp_path):
    """As described by its author: planes of 1,024 bytes, rows from the top."""
    path = write(tmp_path / "a.tar.gz", archive(WHOLE))
    (X, y), (_, y_test) = read_cifar10(path)
    assert X.shape == (5, 32, 32, 3)
    assert np.unique(X.reshape(-1, 3), axis=0).tolist() == [[1, 2, 3]]
    assert (y.tolist(), y_test.tolist()) == ([1, 2, 3, 4, 5], [9, 0])


def test_rows_come_from_the_top(tmp_path):
    counting = bytes([0]) + (np.arange(3072) % 256).astype(np.uint8).tobytes()
    path = write(tmp_path / "a.tar.gz", archive({**WHOLE, f"{FOLDER}test_batch.bin": counting}))
    _, (X, _) = read_cifar10(path)
    assert X[0, 0, :4, 0].tolist() == [0, 1, 2, 3]
    assert X[0, :4, 0, 2].tolist() == [0, 32, 64, 96]


def test_parts_may_come_in_any_order_among_other_files(tmp_path):
    turned = dict(reversed({**WHOLE, f"{FOLDER}readme.html": b"words"}.items()))
    (_, y), _ = read_cifar10(write(tmp_path / "a.tar.gz", archive(turned)))
    assert y.tolist() == [1, 2, 3, 4, 5]


def without(name):
    return {key: data for key, data in WHOLE.items() if name not in key}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty file|not a gzip file|file could not be opened"),
        (b"hello", "not a gzip file|file could not be opened"),
        (gzip.compress(b"hello" * 300), "header|damaged"),
        (archive({}), "it lacks data_batch_1.bin, data_batch_2.bin"),
        (archive(without("batch_3")), "it lacks data_batch_3.bin"),
        (archive(without("test")), "it lacks test_batch.bin"),
        (archive({**WHOLE, f"{FOLDER}data_batch_2.bin": rows(1)[:-1]}), "2.bin has 3072 bytes, no"),
        (archive({**WHOLE, f"{FOLDER}data_batch_2.bin": b""}), "2.bin has 0 bytes"),
        (archive({**WHOLE, f"{FOLDER}data_batch_5.bin": rows(3, 10)}), "a label 10, above 9"),
        (archive(WHOLE)[:-100], "end-of-stream|unexpected end|damaged"),
    ],
    ids=named_by_words,
)
def test_a_broken_archive_is_named_with_its_fault(tmp_path, data, words):
    path = write(tmp_path / "bad.tar.gz", data)
    with pytest.raises(ValueError, match=rf"bad.tar.gz: expected CIFAR-10 in its .*({words})"):
        read_cifar10(path)


@given(st.integers(0, 400), st.integers(0, 255))
def test_a_flipped_byte_of_an_archive_is_read_or_refused_but_never_another_error(place, value):
    data = bytearray(archive(WHOLE))
    data[place % len(data)] = value
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "bad.tar.gz", bytes(data))
        try:
            words = str(len(read_cifar10(path)))
        except ValueError as error:
            words = str(error)
    assert words == "2" or "bad.tar.gz: expected CIFAR-10" in words


def test_a_folder_by_the_name_of_a_part_is_no_part(tmp_path):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        member = tarfile.TarInfo("test_batch.bin")
        member.type = tarfile.DIRTYPE
        tar.addfile(member)
    with pytest.raises(ValueError, match=r"it lacks data_batch_1.bin"):
        read_cifar10(write(tmp_path / "bad.tar.gz", buffer.getvalue()))


@pytest.mark.parametrize(
    "broken",
    [
        lambda X, y: (X / 255, y),
        lambda X, y: (X[..., :2], y),
        lambda X, y: (X, y[:-1]),
        lambda X, y: (X, y + 10),
        lambda X, y: (X[:0], y[:0]),
    ],
    ids=["fractions", "channels", "lengths", "labels", "none"],
)
def test_what_is_no_cifar_is_not_written(tmp_path, broken):
    train, test = small_cifar()
    with pytest.raises(ValueError, match=r"write_cifar10: expected . or more images of uint8"):
        write_cifar10(tmp_path / "a.tar.gz", broken(*train), test)
    with pytest.raises(ValueError, match=r"write_cifar10: expected . or more images of uint8"):
        write_cifar10(tmp_path / "a.tar.gz", train, broken(*test))
    assert list(tmp_path.iterdir()) == []


def test_five_files_need_five_images(tmp_path):
    train, test = small_cifar(4)
    with pytest.raises(ValueError, match="expected 5 or more images"):
        write_cifar10(tmp_path / "a.tar.gz", train, test)


def test_a_crash_while_writing_leaves_the_old_file(tmp_path, monkeypatch):
    path = write(tmp_path / "a.tar.gz", b"old")
    monkeypatch.setattr(tarfile.TarFile, "addfile", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_cifar10(path, *small_cifar())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


# Fetching, from a server on this machine in place of the mirrors


@pytest.fixture
def server(monkeypatch):
    pytest.importorskip("pooch")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as running:
        yield running


@pytest.mark.parametrize(
    ("fetch", "prefix"), [(fetch_mnist, "MNIST"), (fetch_fashion_mnist, "FASHION")]
)
def test_mnist_is_four_files(server, tmp_path, monkeypatch, fetch, prefix):
    parts = [images(6, 28, 28), images(6) % 10, images(2, 28, 28), images(2) % 10]
    files = [gzip.compress(idx(part)) for part in parts]
    names = [f"{name}-ubyte.gz" for name in mnist.NAMES]
    server.files = dict(zip(names, files, strict=True))
    digests = tuple(hashlib.sha256(data).hexdigest() for data in files)
    monkeypatch.setattr(mnist, f"{prefix}_SHA256", digests)
    monkeypatch.setattr(mnist, f"{prefix}_MIRRORS", (f"{server.url}gone/", server.url))
    for _ in range(2):
        (X, y), (X_test, y_test) = fetch(tmp_path, progress=False)
        assert (X.dtype, y.dtype) == (np.uint8, np.int64)
        for read, part in zip((X, y, X_test, y_test), parts, strict=True):
            assert np.array_equal(read, part)
    assert len(server.asked) == 8  # each of four at a mirror that is gone and one that is not


def test_images_and_labels_that_do_not_fit_are_named(tmp_path):
    paths = [
        write(tmp_path / name, gzip.compress(idx(array)))
        for name, array in [("X.gz", images(3, 28, 28)), ("y.gz", images(2))]
    ]
    with pytest.raises(ValueError, match=r"X.gz and .*y.gz: expected as many labels as images"):
        mnist._read_part(*paths)


def test_cifar_is_one_file(server, tmp_path, monkeypatch):
    data = archive(WHOLE)
    server.files["cifar.tar.gz"] = data
    url, digest = f"{server.url}cifar.tar.gz", hashlib.sha256(data).hexdigest()
    monkeypatch.setattr(cifar, "CIFAR10", RemoteFile("cifar.tar.gz", digest, [url]))
    (X, y), _ = fetch_cifar10(tmp_path, progress=False)
    assert (X.shape, y.tolist()) == ((5, 32, 32, 3), [1, 2, 3, 4, 5])


def test_there_are_ten_classes_with_names_of_their_own():
    assert len(set(CIFAR10_CLASSES)) == len(set(FASHION_CLASSES)) == 10


def test_addresses_and_hashes_look_like_such():
    digests = [*mnist.MNIST_SHA256, *mnist.FASHION_SHA256, cifar.CIFAR10.sha256]
    assert len({digest for digest in digests if int(digest, 16) and len(digest) == 64}) == 9
    for urls in (mnist.MNIST_MIRRORS, mnist.FASHION_MIRRORS, cifar.CIFAR10.urls):
        assert len(set(urls)) >= 2
