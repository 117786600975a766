"""A JupyterLab for all browser tests, and a Chromium for each file of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.lab import NO_BROWSER, Lab, chromium, find_chromium, serve

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def has_browser() -> None:
    """Skip where there is no Chromium, unless the tests are told that there has to be one."""
    if find_chromium() is None:
        required = os.environ.get("MINIDL_REQUIRE_BROWSER") == "1"
        (pytest.fail if required else pytest.skip)(NO_BROWSER)


@pytest.fixture(scope="session")
def lab(has_browser: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Serve a copy of the notebooks."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(NOTEBOOKS, home / "notebooks", ignore=shutil.ignore_patterns(".*"))
    with serve(home / "notebooks", home) as running:
        yield running


@pytest.fixture(scope="module")  # not longer: its event loop would be in the way of other tests
def browser(has_browser: None) -> Iterator[Browser]:
    """Run Chromium without a window."""
    with chromium() as running:
        yield running
