"""Downloads are whole and right, or not there; and whoever has no network is told what to do."""

import hashlib
import socket

import pytest

from minidl.data import DownloadError
from minidl.data.downloads import RemoteFile, fetch_file
from tests.data.pictures import write
from tests.data.serving import serving

pooch = pytest.importorskip("pooch")

DATA = bytes(range(256)) * 400
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as running:
        yield running


def remote(*urls):
    return RemoteFile("set/part.gz", SHA256, urls)


def fetch(file, folder):
    return fetch_file(file, folder, progress=False)


def names_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def dead():
    """Return the address of a mirror that nobody answers at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/part.gz"


def test_a_file_is_downloaded_to_its_name(server, tmp_path):
    server.files["part.gz"] = DATA
    path = fetch(remote(f"{server.url}part.gz"), tmp_path)
    assert path == tmp_path / "set" / "part.gz"
    assert path.read_bytes() == DATA
    assert names_in(tmp_path) == ["set", "set/part.gz"]


def test_a_second_call_asks_nobody(server, tmp_path):
    server.files["part.gz"] = DATA
    for _ in range(3):
        fetch(remote(f"{server.url}part.gz"), tmp_path)
    assert server.asked == ["/part.gz"]


def test_a_file_put_there_by_hand_needs_no_network(tmp_path, dead):
    path = write(tmp_path / "set" / "part.gz", DATA)
    assert fetch(remote(dead), tmp_path) == path


def test_a_progress_bar_counts_to_the_end(server, tmp_path, capsys):
    server.files["part.gz"] = DATA
    fetch_file(remote(f"{server.url}part.gz"), tmp_path)
    assert "100%" in capsys.readouterr().err


@pytest.mark.parametrize(
    "first",
    [
        None,
        (DATA[:5000], len(DATA)),
        DATA[:5000],
        DATA[:-1] + b"x",
        b"",
        b"<html>You are not logged in</html>",
    ],
    ids=["not there", "broken off", "shorter", "one byte wrong", "empty", "a page"],
)
def test_the_next_mirror_is_asked_when_one_fails(server, tmp_path, first):
    server.files |= {"first": first, "second": DATA}
    path = fetch(remote(f"{server.url}first", f"{server.url}second"), tmp_path)
    assert path.read_bytes() == DATA
    assert server.asked == ["/first", "/second"]
    assert names_in(tmp_path) == ["set", "set/part.gz"]


def test_a_dead_mirror_is_passed_over(server, tmp_path, dead):
    server.files["part.gz"] = DATA
    assert fetch(remote(dead, f"{server.url}part.gz"), tmp_path).read_bytes() == DATA


@pytest.mark.parametrize("found", [None, (DATA[:5000], len(DATA)), DATA[:-1] + b"x", b""])
def test_nothing_is_left_of_a_download_that_failed(server, tmp_path, found):
    server.files["part.gz"] = found
    with pytest.raises(DownloadError):
        fetch(remote(f"{server.url}part.gz"), tmp_path)
    assert [name for name in names_in(tmp_path) if name != "set"] == []


def test_without_a_network_one_is_told_what_to_do(tmp_path, dead):
    with pytest.raises(DownloadError) as caught:
        fetch(remote(dead), tmp_path)
    message = str(caught.value)
    assert "set/part.gz: expected to find or download this file, but none is there" in message
    assert f"\n  {tmp_path / 'set' / 'part.gz'}\n" in message
    assert f"Its SHA-256 must be {SHA256}." in message
    assert f"  {dead}: ConnectionError" in message


def test_a_wrong_file_put_there_by_hand_is_called_wrong_and_kept(tmp_path, dead):
    path = write(tmp_path / "set" / "part.gz", DATA[:100])
    with pytest.raises(DownloadError, match="the file that is there is damaged or another one"):
        fetch(remote(dead), tmp_path)
    assert path.read_bytes() == DATA[:100]


def test_a_wrong_file_is_replaced_where_there_is_a_network(server, tmp_path):
    path = write(tmp_path / "set" / "part.gz", DATA[:100])
    server.files["part.gz"] = DATA
    fetch(remote(f"{server.url}part.gz"), tmp_path)
    assert path.read_bytes() == DATA


def test_every_mirrors_answer_is_told(server, tmp_path, dead):
    server.files["wrong"] = b"x"
    with pytest.raises(DownloadError) as caught:
        fetch(remote(f"{server.url}none", f"{server.url}wrong", dead), tmp_path)
    none, wrong, nobody = str(caught.value).splitlines()[-3:]
    assert "none: HTTPError: 404" in none
    assert "SHA256 hash" in wrong
    assert "ConnectionError" in nobody


def test_the_environment_says_where_downloads_are_kept(tmp_path, monkeypatch, dead):
    monkeypatch.setenv("MINIDL_DATA", str(tmp_path))
    path = write(tmp_path / "set" / "part.gz", DATA)
    assert fetch(remote(dead), None) == path
    monkeypatch.delenv("MINIDL_DATA")
    monkeypatch.setattr(pooch, "os_cache", lambda name: tmp_path / name)
    with pytest.raises(DownloadError, match="minidl"):
        fetch(remote(dead), None)


def test_an_interrupt_leaves_nothing(server, tmp_path, monkeypatch):
    def interrupted(self, url, output_file, *arguments):
        write(output_file, DATA[:100])
        raise KeyboardInterrupt

    monkeypatch.setattr(pooch.HTTPDownloader, "__call__", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fetch(remote(f"{server.url}part.gz"), tmp_path)
    assert names_in(tmp_path) == ["set"]
