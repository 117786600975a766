"""`python -m course`: one command that sets everything up once and then only starts it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from course import __main__ as starter
from tests.project.settings import ROOT, read_pyproject

STARTER = Path(starter.__file__)
PIP_IS_SET_TO = "global.cert='x'\nglobal.index-url='http://me:secret@x'\n"
PASSES = [sys.executable, "-c", ""]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the starter a course of its own, with two lessons."""
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    for name in ("02_activations.ipynb", "01_neurons.ipynb"):
        (tmp_path / "notebooks" / name).touch()
    monkeypatch.setattr(starter, "ROOT", tmp_path)
    return tmp_path


class Recorder:
    """Stands for `subprocess.run`: notes what pip is to install and pretends that it did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.returncode, self.installs = 0, ["minidl", "numpy", "jupyterlab"]
        self.commands: list[list[str]] = []
        self.settings: list[dict[str, Any]] = []

    def __call__(self, command: list[str], **settings: Any) -> SimpleNamespace:
        if "install" not in command:  # pip config list
            return SimpleNamespace(returncode=0, stdout=PIP_IS_SET_TO)
        self.commands.append(list(command))
        self.settings.append(settings)
        for name in self.installs if self.returncode == 0 else []:
            self.put(name)
        return SimpleNamespace(returncode=self.returncode)

    def put(self, name: str, version: str = "2.0") -> None:
        """Install a package, as pip does: only where there is none of the name."""
        if list(self.folder.glob(f"{name}-*.dist-info")):
            return
        notes = self.folder / f"{name}-{version}.dist-info"
        for folder in (notes, self.folder / name):
            folder.mkdir(exist_ok=True, parents=True)
        for file in ("__init__.py", "core.py"):
            (self.folder / name / file).write_text("x = 1", encoding="utf-8")
        (self.folder / name / "py.typed").touch()
        (self.folder / name / "__pycache__").mkdir(exist_ok=True)
        (self.folder / name / "__pycache__" / "core.cpython-311.pyc").touch()
        (notes / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n", encoding="utf-8")
        (notes / "RECORD").write_text(
            f"{name}/__init__.py,sha256=x,5\n{name}/core.py,sha256=x,5\n{name}/py.typed,,0\n"
            f"{name}/__pycache__/core.cpython-311.pyc,,\n"
            f"{notes.name}/METADATA,sha256=x,30\n{notes.name}/RECORD,,\n",
            encoding="utf-8",
        )


@pytest.fixture
def pip(root: Path, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Note the installations instead of making them."""
    (root / ".venv").mkdir()
    recorder = Recorder(root / ".venv" / "lib" / "python3.11" / "site-packages")
    monkeypatch.setattr(starter.subprocess, "run", recorder)
    monkeypatch.setattr(starter, "pip_for", lambda folder: ["pip"])
    monkeypatch.setattr(starter, "version_of", lambda folder: "Python 3.11.7")
    return recorder


# --- Pythons that are too old -------------------------------------------------------------------


def test_the_starter_parses_on_python_3_6() -> None:
    ast.parse(STARTER.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_which_one_is_needed() -> None:
    script = (
        "import runpy, sys\n"
        "sys.version_info = (3, 9, 1, 'final', 0)\n"
        f"runpy.run_path({str(STARTER)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 1
    assert "minidl needs Python 3.10 or newer, and this is Python 3.9" in done.stderr


# --- the environment ----------------------------------------------------------------------------


def fake_create(calls: list[dict[str, Any]]) -> Callable[..., None]:
    """Return a stand-in for `venv.create` that notes its arguments."""
    return lambda folder, **options: calls.append(options)


def test_a_new_environment_gets_pip(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(venv, "create", fake_create(calls))
    starter.make_environment(root / ".venv")
    assert [(call["with_pip"], call["clear"]) for call in calls] == [(True, False)]


def test_an_environment_whose_python_runs_is_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter, "version_of", lambda folder: "Python 3.11.7")
    monkeypatch.setattr(venv, "create", lambda *args, **options: pytest.fail("made anew"))
    starter.make_environment(root / ".venv")


def test_an_environment_whose_python_is_gone_is_made_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[dict[str, Any]] = []
    (root / ".venv").mkdir()
    monkeypatch.setattr(venv, "create", fake_create(calls))
    starter.make_environment(root / ".venv")
    assert [call["clear"] for call in calls] == [True]


def test_without_ensurepip_the_environment_is_made_without_pip(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(venv, "create", fake_create(calls))
    monkeypatch.setattr(starter.importlib.util, "find_spec", lambda name: None)
    starter.make_environment(root / ".venv")
    assert [call["with_pip"] for call in calls] == [False]


@pytest.mark.parametrize(
    "error", [PermissionError("read-only"), ValueError("contains the PATH separator :")]
)
def test_a_folder_in_which_none_can_be_made_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(folder: Path, **options: Any) -> None:
        raise error

    monkeypatch.setattr(venv, "create", refuse)
    with pytest.raises(starter.SetupError, match=rf"cannot make an environment in .*{error}"):
        starter.make_environment(root / ".venv")


def test_an_environment_says_which_python_it_has(tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=False)
    version = ".".join(map(str, sys.version_info[:3]))
    assert starter.version_of(tmp_path / "env") == f"Python {version}"
    assert starter.version_of(tmp_path / "none") == ""


def test_an_environment_without_its_settings_is_none(tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=False)
    (tmp_path / "env" / "pyvenv.cfg").unlink()  # its Python is the system's now
    assert starter.version_of(tmp_path / "env") == ""


def test_a_pip_that_has_vanished_is_put_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter, "runs", lambda command: "ensurepip" in command)
    inner = str(starter.python_of(root / ".venv"))
    assert starter.pip_for(root / ".venv") == [inner, "-m", "pip"]


def test_the_environments_own_pip_comes_first(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter, "runs", lambda command: True)
    inner = str(starter.python_of(root / ".venv"))
    assert starter.pip_for(root / ".venv") == [inner, "-m", "pip"]


def test_the_outer_pip_installs_into_an_environment_without_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter, "runs", lambda command: "--python" in command)
    inner = str(starter.python_of(root / ".venv"))
    assert starter.pip_for(root / ".venv") == [sys.executable, "-m", "pip", "--python", inner]


def test_without_any_pip_the_reader_is_told_what_to_install(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter, "runs", lambda command: False)
    with pytest.raises(starter.SetupError, match=r"python3-venv and python3-pip"):
        starter.pip_for(root / ".venv")


def test_a_command_that_does_not_exist_does_not_run() -> None:
    assert starter.runs(PASSES)
    assert not starter.runs([sys.executable, "-c", "raise SystemExit(1)"])
    assert not starter.runs(["no-such-command-anywhere"])


# --- what is installed --------------------------------------------------------------------------


def test_the_course_is_installed_once(root: Path, pip: Recorder) -> None:
    starter.install(root / ".venv", "lab")
    starter.install(root / ".venv", "lab")
    assert [command[-2:] for command in pip.commands] == [["--editable", ".[lab]"]]


def test_the_lab_needs_nothing_more_once_the_tests_are_installed(root: Path, pip: Recorder) -> None:
    starter.install(root / ".venv", "test")
    starter.install(root / ".venv", "lab")
    assert [command[-1] for command in pip.commands] == [".[test]"]


def test_a_changed_pyproject_is_installed_again(root: Path, pip: Recorder) -> None:
    starter.install(root / ".venv", "lab")
    (root / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    starter.install(root / ".venv", "lab")
    assert len(pip.commands) == 2


def test_a_course_that_was_moved_is_installed_again(
    root: Path, pip: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starter.install(root / ".venv", "lab")
    moved = tmp_path / "moved"
    shutil.copytree(root, moved)
    monkeypatch.setattr(starter, "ROOT", moved)
    starter.install(moved / ".venv", "lab")
    assert len(pip.commands) == 2


def test_after_an_upgrade_of_python_the_course_is_installed_again(
    root: Path, pip: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    starter.install(root / ".venv", "lab")
    monkeypatch.setattr(starter, "version_of", lambda folder: "Python 3.12.1")
    starter.install(root / ".venv", "lab")
    assert len(pip.commands) == 2


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_damaged_stamp_is_no_stamp(root: Path, pip: Recorder, text: str) -> None:
    (root / ".venv" / starter.STAMP).write_text(text, encoding="utf-8")
    starter.install(root / ".venv", "lab")
    assert len(pip.commands) == 1


def test_a_failed_installation_is_tried_again(root: Path, pip: Recorder) -> None:
    pip.returncode = 1
    for _ in range(2):
        with pytest.raises(starter.SetupError, match="pip could not install the course"):
            starter.install(root / ".venv", "lab")
    assert len(pip.commands) == 2


def test_settings_that_lead_pip_elsewhere_are_overruled(
    root: Path, pip: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN", "PIP_NO_DEPS", "PYTHONPATH")
    for name in ("PIP_USER", "PIP_INDEX_URL", *names):
        monkeypatch.setenv(name, "1")
    starter.install(root / ".venv", "lab")
    env = pip.settings[0]["env"]
    assert (env["PIP_USER"], env["PIP_INDEX_URL"]) == ("0", "1")
    assert not set(names) & set(env)


def test_an_installation_that_went_elsewhere_is_said(root: Path, pip: Recorder) -> None:
    pip.installs = ["minidl"]
    with pytest.raises(starter.SetupError, match=r"installed nothing into .*\.venv") as info:
        starter.install(root / ".venv", "lab")
    assert "something of its own: global.index-url. If that forbids" in str(info.value)
    assert "secret" not in str(info.value)
    assert not (root / ".venv" / starter.STAMP).exists()


# --- what is healed -----------------------------------------------------------------------------


def lose_module(site: Path) -> None:
    shutil.rmtree(site / "numpy")


def lose_notes(site: Path) -> None:
    shutil.rmtree(site / "numpy-2.0.dist-info")


def lose_both(site: Path) -> None:
    lose_module(site)
    lose_notes(site)


def lose_one_file(site: Path) -> None:
    (site / "numpy" / "core.py").unlink()


def empty_one_file(site: Path) -> None:
    (site / "numpy" / "core.py").write_text("", encoding="utf-8")


def lose_record(site: Path) -> None:
    (site / "numpy-2.0.dist-info" / "RECORD").unlink()


def lose_metadata(site: Path) -> None:
    (site / "numpy-2.0.dist-info" / "METADATA").unlink()


@pytest.mark.parametrize(
    "damage",
    [
        *(lose_module, lose_notes, lose_both, lose_one_file, empty_one_file),
        *(lose_record, lose_metadata),
    ],
)
def test_a_package_that_is_damaged_is_installed_anew(
    root: Path, pip: Recorder, damage: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    starter.install(root / ".venv", "test")
    capsys.readouterr()
    damage(pip.folder)
    for _ in range(2):
        starter.install(root / ".venv", "lab")
    assert [command[-1] for command in pip.commands] == [".[test]", ".[test]"]
    assert "are damaged or changed: numpy.\n" in capsys.readouterr().out
    assert (pip.folder / "numpy" / "core.py").read_text(encoding="utf-8") == "x = 1"
    assert (pip.folder / "numpy-2.0.dist-info" / "METADATA").exists()


def test_another_version_is_for_pip_to_judge_once(root: Path, pip: Recorder) -> None:
    starter.install(root / ".venv", "lab")
    lose_both(pip.folder)
    pip.put("numpy", "1.0")
    for _ in range(2):
        starter.install(root / ".venv", "lab")
    assert len(pip.commands) == 2
    assert (pip.folder / "numpy-1.0.dist-info").exists()


def test_what_a_reader_adds_or_python_remakes_is_no_damage(root: Path, pip: Recorder) -> None:
    pip.put("incomplete")
    (pip.folder / "incomplete" / "core.py").unlink()  # as some packages are from the beginning
    starter.install(root / ".venv", "lab")
    pip.put("pandas")
    shutil.rmtree(pip.folder / "numpy" / "__pycache__")
    starter.install(root / ".venv", "lab")
    assert len(pip.commands) == 1


def test_nothing_outside_the_environment_is_removed(root: Path, pip: Recorder) -> None:
    starter.install(root / ".venv", "lab")
    mine = root / "mine.py"
    mine.touch()
    with (pip.folder / "numpy-2.0.dist-info" / "RECORD").open("a", encoding="utf-8") as record:
        record.write(f"../../../../mine.py,sha256=x,5\n{mine},sha256=x,5\n")
    lose_one_file(pip.folder)
    starter.install(root / ".venv", "lab")
    assert mine.exists()
    assert len(pip.commands) == 2


# --- what is started ----------------------------------------------------------------------------


@pytest.fixture
def started(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note which extra is set up and what is started."""
    commands: list[list[str]] = []
    monkeypatch.setattr(starter, "set_up", lambda extra: Path(extra))
    monkeypatch.setattr(starter, "run", lambda command: commands.append(list(command)) or 0)
    return commands


def test_the_course_opens_at_the_first_lesson(root: Path, started: list[list[str]]) -> None:
    assert starter.main([]) == 0
    assert started[0][:3] == ["lab", "-m", "jupyterlab"]
    assert "--LabApp.default_url=/lab/tree/notebooks/01_neurons.ipynb" in started[0]
    assert f"--ServerApp.root_dir={root}" in started[0]


def test_arguments_go_on_to_jupyterlab(started: list[list[str]]) -> None:
    starter.main(["--no-browser", "--port=9000"])
    assert started[0][-2:] == ["--no-browser", "--port=9000"]


def test_arguments_go_on_to_pytest(started: list[list[str]]) -> None:
    starter.main(["test", "-k", "moons"])
    assert started[0][:3] == ["test", "-m", "pytest"]
    assert started[0][-2:] == ["-k", "moons"]


def test_the_quick_tests_are_those_of_the_library(started: list[list[str]]) -> None:
    starter.main(["test", "--quick", "-k", "moons"])
    assert started[0][-2:] == ["-k", "moons"]
    assert "--quick" not in started[0]
    left_out = [Path(part[9:]) for part in started[0] if part.startswith("--ignore=")]
    assert len(left_out) == 3
    assert all((ROOT / folder).is_dir() for folder in left_out)
    chosen = started[0][started[0].index("-m", 3) + 1]
    named = set(re.findall(r"not (\w+)", chosen))
    markers = read_pyproject()["tool"]["pytest"]["ini_options"]["markers"]
    assert named <= {line.partition(":")[0] for line in markers}
    assert {"src", "tests"} <= set(started[0])


def test_tests_are_shared_out_unless_one_process_is_asked_for(started: list[list[str]]) -> None:
    starter.main(["test", "-n", "0"])
    assert started[0][3:] == ["--numprocesses=logical", "--maxprocesses=4", "-n", "0"]


def test_arguments_go_on_to_the_build(started: list[list[str]]) -> None:
    starter.main(["build", "--check"])
    assert started == [["test", "-m", "course.build", "--check"]]


def test_arguments_go_on_to_the_new_lesson(started: list[list[str]]) -> None:
    starter.main(["new", "attention"])
    assert started == [["test", "-m", "course.new", "attention"]]


def test_help_sets_nothing_up(started: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    assert starter.main(["--help"]) == 0
    assert "python -m course test" in capsys.readouterr().out
    assert started == []


def test_a_failed_set_up_is_told_without_a_traceback(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(extra: str) -> Path:
        raise starter.SetupError("No pip was found.")

    monkeypatch.setattr(starter, "set_up", fail)
    assert starter.main(["test"]) == 1
    assert capsys.readouterr().out == "No pip was found.\n"
    assert started == []


def test_the_commands_exit_code_is_handed_on(root: Path) -> None:
    assert starter.run([sys.executable, "-c", "raise SystemExit(3)"]) == 3


def test_a_lesson_gets_the_environments_kernel(root: Path) -> None:
    script = "import os, sys; sys.exit(os.environ['JUPYTER_PREFER_ENV_PATH'] != '1')"
    assert starter.run([sys.executable, "-c", script]) == 0


@pytest.mark.parametrize("own", [None, "4"])
def test_one_thread_multiplies_matrices_unless_the_user_says_otherwise(
    own: str | None, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if own is not None:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", own)
    script = f"import os, sys; sys.exit(os.environ['OPENBLAS_NUM_THREADS'] != '{own or 1}')"
    assert starter.run([sys.executable, "-c", script]) == 0
