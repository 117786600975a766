"""Open the course, test it or build it: `python -m course`, with nothing but Python and pip.

    python -m course                 open JupyterLab at the first lesson
    python -m course --no-browser    the same, but only print the address to open
    python -m course test            run all tests; more arguments go to pytest: test -k moons
    python -m course test --quick    run the library's own tests only, in two or three minutes
    python -m course test --everywhere   then the lessons again as other processors compute
    python -m course build           build the notebooks; more arguments go to course/build.py
    python -m course new SLUG        lay out a new lesson; new --help tells how
    python -m course grade FOLDER    print what the checks of learners' notebooks say
    python -m course claims          list the figures in the lessons' prose that no cell proves
    python -m course format          lay out the lessons' code as the linter wants it; needs ruff
    python -m course screenshot NOTEBOOK --out FOLDER    take pictures of it; needs Chromium

In a virtual environment that has everything already, that one is used. Otherwise the first run
makes one of its own, the folder .venv beside README.md, and installs the course into it. Delete the
folder to start afresh. Nothing else on your machine is changed, but for the caches and settings
that pip, Jupyter and matplotlib keep in your home folder.
"""

# No syntax that is newer than Python 3.6 in this file: an old Python has to get as far as this.
import sys

OLDEST_PYTHON = (3, 10)
if sys.version_info < OLDEST_PYTHON:
    sys.exit(
        "minidl needs Python {}.{} or newer, and this is Python {}.{} ({}).\n"
        "Start it with a newer one, for example: python3.12 -m course".format(
            *OLDEST_PYTHON, *sys.version_info[:2], sys.executable
        )
    )

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from course.packages import compare, remove, survey

ROOT = Path(__file__).resolve().parent.parent
EVERYWHERE = "--everywhere"
QUICK = "--quick"
# What pytest gets for it: the library and its doctests, without lessons, answers to exercises and
# explorers, which take five times as long, and what says nothing that the rest does not.
UNITS = (
    *("src", "tests", "-m", "not notebook and not slow and not once"),
    *("--ignore=tests/browser", "--ignore=tests/explorers", "--ignore=tests/lessons"),
)
STAMP = "minidl-course.json"  # in the environment: what it holds, and what it was made from
HELP = ("-h", "--help", "help")
# Command → the module that it runs, and arguments that later ones overrule. A process for each
# core, and four at most: each may have a browser, a JupyterLab and a lesson's kernel beside it.
MODULES = {
    "test": ("pytest", "--numprocesses=logical", "--maxprocesses=4"),
    "build": ("course.build",),
    "new": ("course.new",),
    "grade": ("course.grade",),
    "claims": ("course.claims",),
    "format": ("course.format",),
    "screenshot": ("tests.browser.screenshot",),
}
# The lessons' matrices are small: a second thread gains them nothing, and on a busy machine a
# product that waits for one takes thirty times as long. The user's own settings win.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

# Settings of a user's own with which pip would install elsewhere, in part or not at all.
ELSEWHERE = (
    *("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PYTHONHOME", "PYTHONPATH"),
    *("PIP_DRY_RUN", "PIP_NO_DEPS", "PIP_NO_BUILD_ISOLATION", "PIP_REQUIRE_HASHES"),
)
# Settings of pip, in a file or a variable, for which nothing may be found or installed.
HINDERING = (
    *("no-index", "index-url", "find-links", "constraint", "proxy", "only-binary", "no-binary"),
    *("target", "prefix", "root", "python", "dry-run", "no-deps", "no-build-isolation"),
    *("require-hashes", "require-virtualenv"),
)


class SetupError(Exception):
    """The environment could not be made; the text says what to do."""


def environment() -> Path:
    """Return the folder of the course's own environment."""
    return ROOT / ".venv"


def python_of(folder: Path) -> Path:
    """Return the Python of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def without(names: Sequence[str]) -> dict[str, str]:
    """Return the environment's variables but for some."""
    return {name: value for name, value in os.environ.items() if name not in names}


def runs(command: Sequence[object]) -> bool:
    """Tell whether a command starts and succeeds."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def version_of(folder: Path) -> str:
    """Return what the Python of an environment calls itself, nothing if it does not run."""
    if not (folder / "pyvenv.cfg").is_file():  # without it, that Python is the system's
        return ""
    command = [str(python_of(folder)), "--version"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.strip()


def make_environment(folder: Path) -> None:
    """Make the environment unless it is there and its Python still runs."""
    if version_of(folder):
        return
    say(f"Making an environment for the course in {folder.name} ...")
    has_pip = importlib.util.find_spec("ensurepip") is not None  # some systems leave it out
    try:
        venv.create(folder, clear=folder.exists(), with_pip=has_pip, symlinks=os.name != "nt")
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        text = f"Python cannot make an environment in {folder}: {error}"
        raise SetupError(text) from error


def pip_for(folder: Path) -> list[str]:
    """Return the command that installs into an environment: its own pip, else the outer one."""
    python = str(python_of(folder))
    inner = [python, "-m", "pip"]
    if runs([*inner, "--version"]) or runs([python, "-m", "ensurepip", "--default-pip"]):
        return inner
    outer = [sys.executable, "-m", "pip", "--python", str(python_of(folder))]
    if runs([*outer, "--version"]):
        return outer
    raise SetupError(
        f"No pip was found that can install into {folder}. Install pip 22.3 or newer for "
        f"{sys.executable} (on Debian and Ubuntu: the packages python3-venv and python3-pip), "
        "then try again."
    )


def fingerprint(folder: Path) -> dict[str, str]:
    """Return what an installation depends on: settings, Python, where the course lies."""
    settings = (ROOT / "pyproject.toml").read_bytes()
    return {
        "pyproject.toml": hashlib.sha256(settings).hexdigest(),
        "python": version_of(folder),  # an upgrade of the system's may have replaced it
        "folder": str(ROOT),
    }


def note_of(folder: Path) -> dict[str, Any]:
    """Return what an earlier run noted on what it installed, nothing if something has changed."""
    try:
        noted = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    is_ours = isinstance(noted, dict) and noted.get("made from") == fingerprint(folder)
    return noted if is_ours and {"extras", "holds"} <= set(noted) else {}


def install(folder: Path, extra: str) -> None:
    """Install the course with an extra, editable, unless that is what the environment holds."""
    noted = note_of(folder)
    found, extras = survey(folder), noted.get("extras", [])
    changed, damaged = compare(found, noted.get("holds", {}))
    if extra in extras and not changed:
        return
    if changed:
        say(f"Packages of the environment are damaged or changed: {', '.join(changed)}.")
        remove(folder, damaged)
    wanted = "test" if "test" in extras else extra
    say("Installing the course's packages; the first time takes a minute or so ...")
    call_pip(folder, wanted)
    facts = {
        "made from": fingerprint(folder),
        "extras": sorted({*extras, "lab", wanted}),
        "holds": survey(folder),
    }
    (folder / STAMP).write_text(json.dumps(facts), encoding="utf-8")


def call_pip(folder: Path, extra: str) -> None:
    """Have pip install what is missing."""
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    options = ["install", "--disable-pip-version-check", *quiet, "--editable", f".[{extra}]"]
    pip = pip_for(folder)
    settings = {**without(ELSEWHERE), "PIP_USER": "0"}  # a user's pip may be set to --user
    outcome = subprocess.run([*pip, *options], cwd=str(ROOT), env=settings, check=False)
    if outcome.returncode:
        raise SetupError(
            "pip could not install the course; its reason stands above. Without a connection to "
            "a package index nothing can be installed; otherwise try the same command again."
            + settings_of(pip)
        )
    if not {"minidl", "numpy"} <= set(survey(folder)):
        raise SetupError(f"pip ended well but installed nothing into {folder}.{settings_of(pip)}")


def settings_of(pip: Sequence[str]) -> str:
    """Return a sentence on what a user's pip is set to; names only, since values may be secret."""
    command = [*pip, "config", "list"]
    settings = without(ELSEWHERE)
    listed = subprocess.run(command, capture_output=True, text=True, check=False, env=settings)
    names = [line.split("=")[0] for line in listed.stdout.splitlines()]
    names = [name for name in names if name.split(".")[-1] in HINDERING]
    if not names:
        return ""
    return (
        f" Your pip is set to something of its own: {', '.join(names)}. If that forbids downloads "
        "or sends packages elsewhere, try again without it; pip config debug tells where it is set."
    )


def missing_here(extra: str) -> list[str]:
    """Return which packages of an extra the Python that runs this lacks; versions are pip's."""
    spec = importlib.util.find_spec("minidl")
    if spec is None or spec.origin is None or ROOT not in Path(spec.origin).resolve().parents:
        return ["minidl"]  # or that of another folder
    lacking, extras, seen = [], [extra], set()
    while extras:
        wanted = extras.pop()
        seen.add(wanted)
        for line in importlib.metadata.requires("minidl") or []:
            name, marker = line.partition(";")[::2]
            if not re.search(rf"extra == ['\"]{wanted}['\"]", marker) or "python_version" in marker:
                continue
            inner = re.match(r"minidl\[(\w+)\]", name)
            if inner:
                extras += [inner[1]] if inner[1] not in seen else []
            elif not is_installed(re.split(r"[^\w.-]", name)[0]):
                lacking.append(name.strip())
    return lacking


def is_installed(package: str) -> bool:
    """Tell whether the Python that runs this has a package."""
    try:
        importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def set_up(extra: str) -> Path:
    """Return a Python that has what is needed: this one, else that of the course's own."""
    if sys.prefix != sys.base_prefix or "CONDA_PREFIX" in os.environ:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            if not missing_here(extra):
                return Path(sys.executable)
    folder = environment()
    make_environment(folder)
    install(folder, extra)
    return python_of(folder)


def lab_arguments(arguments: Sequence[str]) -> list[str]:
    """Return how JupyterLab is started: at the first lesson, also for root (in containers)."""
    lessons = sorted(lesson.name for lesson in (ROOT / "notebooks").glob("*.ipynb"))
    at_first = [f"--LabApp.default_url=/lab/tree/notebooks/{lesson}" for lesson in lessons[:1]]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    for_root = ["--allow-root"] if is_root else []
    return [f"--ServerApp.root_dir={ROOT}", *at_first, *for_root, *arguments]


def run(command: Sequence[str]) -> int:
    """Run a command in the course's folder until it ends; Ctrl+C is the command's affair."""
    # The environment's kernel, even where the user has registered another one as "python3".
    settings = {**ONE_THREAD, **os.environ, "JUPYTER_PREFER_ENV_PATH": "1"}
    process = subprocess.Popen(command, cwd=str(ROOT), env=settings)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def run_tests(python: Path, arguments: Sequence[str]) -> int:
    """Run all tests or the quick ones, and then perhaps the lessons as other processors compute."""
    rest = [part for part in arguments if part not in (QUICK, EVERYWHERE)]
    units = UNITS if QUICK in arguments else ()
    code = run([str(python), "-m", *MODULES["test"], *units, *rest])
    if EVERYWHERE not in arguments:
        return code
    workers = MODULES["test"][1:]
    return run([str(python), "-m", "course.everywhere", *workers, *rest]) or code


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks for; return the exit code."""
    if arguments and arguments[0] in HELP:
        say(str(__doc__))
        return 0
    command = arguments[0] if arguments and arguments[0] in MODULES else None
    try:
        python = set_up("test" if command else "lab")
    except SetupError as error:
        say(str(error))
        return 1
    if command == "test":
        return run_tests(python, arguments[1:])
    if command:
        return run([str(python), "-m", *MODULES[command], *arguments[1:]])
    say("Opening JupyterLab; to end it, press Ctrl+C here or choose File > Shut Down there.")
    return run([str(python), "-m", "jupyterlab", *lab_arguments(arguments)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
