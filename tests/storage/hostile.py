"""Files that somebody made to do harm, as bytes."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
from pathlib import Path

import numpy as np


def npy(header: str, body: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    """Return an array's file with any header."""
    text = header.encode("latin1")
    text += b" " * (-(len(text) + 11) % 64) + b"\n"
    return b"\x93NUMPY" + version + struct.pack("<H", len(text)) + text + body


def header(descr: str = "'<f8'", shape: str = "(1, 1)") -> str:
    return f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}"


def array(values: object) -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.asarray(values))
    return stream.getvalue()


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as out:
        for name, data in members.items():
            out.writestr(name, data)
    return stream.getvalue()


class Evil:
    """Unpickled, it leaves a file behind."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self):
        return Path.touch, (self.trace,)


def pickled_array(trace: Path) -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.array([Evil(trace)], dtype=object), allow_pickle=True)
    return stream.getvalue()


def with_claimed_size(data: bytes, size: int) -> bytes:
    """Return an archive whose directory claims that each member has `size` bytes."""
    data = bytearray(data)
    position = data.find(b"PK\x01\x02")
    while position >= 0:
        data[position + 20 : position + 28] = struct.pack("<II", size, size)
        position = data.find(b"PK\x01\x02", position + 1)
    return bytes(data)


def overlapping(body: bytes, times: int) -> bytes:
    """Return an archive whose directory names one member many times."""
    data = archive({"W.npy": body})
    start, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    entries = b"".join(
        data[start:end].replace(b"W.npy", f"{i:05d}"[:5].encode()) for i in range(times)
    )
    tail = bytearray(data[end:])
    tail[8:16] = struct.pack("<HHI", times, times, len(entries))
    return data[:start] + entries + bytes(tail)


def encrypted(data: bytes) -> bytes:
    data = bytearray(data)
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


BOMB = archive({"W.npy": bytes(50_000_000)}, zipfile.ZIP_DEFLATED)

# What a layer's file might hold in place of its arrays W and b, of shape (1, 1) each.
ARCHIVES = {
    "nothing": b"",
    "text": b"hello",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "an array outside an archive": array([[1.0]]),
    "a pickle": pickle.dumps({"W": 1}),
    "an empty archive": archive({}),
    "a compressed archive": archive({"W.npy": array([[1.0]])}, zipfile.ZIP_DEFLATED),
    "bzip2": archive({"W.npy": array([[1.0]])}, zipfile.ZIP_BZIP2),
    "lzma": archive({"W.npy": array([[1.0]])}, zipfile.ZIP_LZMA),
    "a bomb": BOMB,
    "a password": encrypted(archive({"W.npy": array([[1.0]])})),
    "a member of 4 GB": with_claimed_size(archive({"W.npy": array([[1.0]])}), 2**32 - 2),
    "a thousand members in one": overlapping(array(np.ones(10_000)), 1000),
    "a path up": archive({"../../W.npy": array([[1.0]])}),
    "a path from the root": archive({"/tmp/W.npy": array([[1.0]])}),
    "a path of Windows": archive({"C:\\W.npy": array([[1.0]])}),
    "a folder": archive({"W/": b""}),
    "no array": archive({"W.npy": b"hello"}),
    "half a magic": archive({"W.npy": b"\x93NUM"}),
    "another version": archive({"W.npy": npy(header(), bytes(8), b"\x02\x00")}),
}

# Headers that NumPy's own reader evaluates, warns about, or fails on in some other way.
HEADERS = {
    "10 GB": header(shape="(1250000000, 1)"),
    "more than any memory": header(shape=f"({10**30},)"),
    "no rows of endless length": header(shape=f"(0, {10**30})"),
    "a length of 5,000 digits": header(shape=f"({'9' * 5000},)"),
    "a hundred dimensions": header(shape=f"({'1, ' * 100})"),
    "negative": header(shape="(-1, -1)"),
    "a sum": header(shape="(1+0, 1)"),
    "fractions": header(shape="(1.0, 1)"),
    "a truth": header(shape="(True, 1)"),
    "long of Python 2": header(shape="(1L, 1)"),
    "objects": header("'|O'"),
    "texts": header("'<U2'"),
    "bytes": header("'|S8'"),
    "anything": header("'|V8'"),
    "complex": header("'<c8'"),
    "dates": header("'<M8[s]'"),
    "an unknown size": header("'<f3'"),
    "no size": header("'<f0'"),
    "an old alias": header("'a'"),
    "a list of dtypes": header("'f8,f8'"),
    "half a list of dtypes": header("'f8,,'"),
    "fields": header("[('x', '<f8')]"),
    "nested fields": header("[" * 150 + "]" * 150),
    "brackets": "(" * 100,
    "minus signs": "-" * 9000 + "1",
    "half a text": "'",
    "a call": "__import__('os').getcwd()",
    "no dict": "[]",
    "an empty dict": "{}",
    "one key more": header()[:-1] + "'more': 1, }",
    "nothing": "",
}
ARCHIVES |= {
    f"a header with {name}": archive({"W.npy": npy(text, bytes(8))})
    for name, text in HEADERS.items()
}

TEXTS = {
    "nothing": b"",
    "no JSON": b"hello",
    "half a JSON": b'{"format": "minidl model", "version": 1',
    "binary": bytes(range(256)),
    "another encoding": '{"format": "minidl model"}'.encode("utf-16"),
    "deep lists": b"[" * 200_000,
    "deep lists that end": b"[" * 200_000 + b"]" * 200_000,
    "deep dicts": b'{"a":' * 200_000,
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "a number of 5,000 digits": b"9" * 5000,
    "another format": b'{"format": "cat pictures", "version": 1}',
    "a later version": b'{"format": "minidl model", "version": 2}',
    "a version in words": b'{"format": "minidl model", "version": "1"}',
    "nothing but the format": b'{"format": "minidl model", "version": 1}',
}
