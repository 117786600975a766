"""environment.yml, for conda, asks for the same versions as pyproject.toml."""

from __future__ import annotations

import re

import yaml

from tests.project.settings import ROOT, read_pyproject

PROJECT = read_pyproject()["project"]
EXTRAS = PROJECT["optional-dependencies"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
FOR_READERS = [*PROJECT["dependencies"], *EXTRAS["data"], *EXTRAS["viz"], *EXTRAS["lab"]]


def test_conda_gets_the_packages_and_bounds_of_readers() -> None:
    asked = {line for line in CONDA if isinstance(line, str)}
    wanted = {line for line in FOR_READERS if not line.startswith("minidl")}
    assert asked == wanted | {"pip", f"python{PROJECT['requires-python']}"}


def test_pip_installs_the_rest_in_a_conda_environment() -> None:
    assert [line["pip"] for line in CONDA if isinstance(line, dict)] == [["-e .[lab,test]"]]


def test_every_bound_is_a_lower_bound() -> None:
    lines = [*PROJECT["dependencies"], *(line for extra in EXTRAS.values() for line in extra)]
    for line in lines:
        assert re.fullmatch(r"minidl\[\w+\]|[\w-]+>=[\d.]+(; python_version < '3\.11')?", line), (
            line
        )


def test_the_core_needs_numpy_alone() -> None:
    assert [re.split(r"\W", line)[0] for line in PROJECT["dependencies"]] == ["numpy"]
