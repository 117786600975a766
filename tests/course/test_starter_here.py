"""An environment that has everything is used as it is; one that lacks something is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from course import __main__ as starter

MADE = Path("made")


@pytest.fixture(autouse=True)
def nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell of an environment instead of making one; count this Python as a virtual one."""
    monkeypatch.setattr(sys, "base_prefix", "elsewhere")
    monkeypatch.setattr(starter, "make_environment", lambda folder: None)
    monkeypatch.setattr(starter, "install", lambda folder, extra: None)
    monkeypatch.setattr(starter, "python_of", lambda folder: MADE)


def test_a_complete_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter, "is_installed", lambda package: True)
    assert starter.set_up("test") == Path(sys.executable)


@pytest.mark.parametrize("package", ["nbclient", "jupyterlab", "matplotlib"])
def test_one_that_lacks_a_package_is_not(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter, "is_installed", lambda name: name != package)
    assert [lacking.startswith(package) for lacking in starter.missing_here("test")] == [True]
    assert starter.set_up("test") == MADE


def test_one_whose_minidl_lies_in_another_folder_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter, "ROOT", tmp_path)
    assert starter.set_up("test") == MADE
