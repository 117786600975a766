"""The settings of `python -m course test --everywhere`, and that a failure is not swallowed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import course.__main__ as starter
from course import everywhere


def test_each_setting_changes_one_thing() -> None:
    for _, variables in everywhere.settings():
        assert len(set(variables.values())) == 1
    names = [name for name, _ in everywhere.settings()]
    assert {f"{number} BLAS threads" for number in (1, 2, 4)} <= set(names)
    assert len(set(names)) == len(names)


def test_a_kernel_needs_its_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everywhere.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(everywhere, "features", lambda: {"AVX": True, "AVX2": False})
    kernels = [setting.get("OPENBLAS_CORETYPE") for _, setting in everywhere.settings()]
    assert [kernel for kernel in kernels if kernel] == ["Nehalem", "Sandybridge"]


def test_a_failed_setting_is_said_and_the_others_still_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    three = [("one", {"A": "1"}), ("two", {"A": "2"}), ("three", {"A": "3"})]
    monkeypatch.setattr(everywhere, "settings", lambda: iter(three))
    monkeypatch.setattr(everywhere, "passes", lambda variables, _: variables["A"] != "2")
    done = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(everywhere.subprocess, "run", lambda *args, **options: done)
    assert everywhere.main([]) == 1
    words = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [(line[0], line[-1]) for line in words] == [
        ("passed", "one"),
        ("FAILED", "two"),
        ("passed", "three"),
        ("passed", "twice"),
        ("passed", "right"),
    ]


def test_what_takes_long_runs_whole_and_its_failure_counts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        ran.append((command[-1], options["env"]["MINIDL_EVERYWHERE"]))
        return subprocess.CompletedProcess([], int("lying" in command[-1]))

    monkeypatch.setattr(everywhere, "settings", lambda: iter(()))
    monkeypatch.setattr(everywhere.subprocess, "run", run)
    assert everywhere.main([]) == 1
    files = ["tests/lessons/test_no_cascade.py", "tests/lessons/test_lying_answers.py"]
    assert ran == [(file, "1") for file in files]
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "passed",
        "FAILED",
    ]


@pytest.mark.parametrize(("codes", "expected"), [((0, 0), 0), ((1, 0), 1), ((0, 1), 1)])
def test_the_command_runs_all_tests_and_then_the_settings(
    codes: tuple[int, int], expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, started = list(codes), []
    monkeypatch.setattr(starter, "set_up", lambda extra: Path(sys.executable))
    monkeypatch.setattr(starter, "run", lambda command: started.append(command) or left.pop(0))
    assert starter.main(["test", "--everywhere", "-x"]) == expected
    assert [command[2] for command in started] == ["pytest", "course.everywhere"]
    assert all("--everywhere" not in command and command[-1] == "-x" for command in started)
