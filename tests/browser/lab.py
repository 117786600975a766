"""JupyterLab as a reader meets it: a server of its own and a headless Chromium in front of it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from course.__main__ import ONE_THREAD

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_BROWSER = "no Chromium or Chrome on the PATH; MINIDL_CHROMIUM may name one"
SECONDS_TO_START = 60


def find_chromium() -> str | None:
    """Return the path of an installed Chromium or Chrome, None where there is none."""
    named = os.environ.get("MINIDL_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Run the installed Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab that serves the notebooks in `folder`."""

    folder: Path
    url: str
    token: str

    def address_of(self, notebook: str) -> str:
        """Return the address that opens a notebook in a fresh workspace."""
        workspace = secrets.token_hex(8)
        return f"{self.url}/lab/workspaces/{workspace}/tree/{notebook}?reset&token={self.token}"


def write_settings(config: Path, *, theme: str, windowing: str) -> None:
    """Choose the theme, silence the news popup, decide whether cells out of sight are drawn."""
    settings = {
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
        "apputils-extension/themes": {"theme": f"JupyterLab {theme.title()}"},
        "notebook-extension/tracker": {"windowingMode": windowing},
    }
    for name, values in settings.items():
        path = config / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")


def private_environment(home: Path) -> dict[str, str]:
    """Return the course's environment, in which Jupyter reads and writes below `home` only."""
    folders = {
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "IPYTHONDIR": home / "ipython",
    }
    paths = {name: str(folder) for name, folder in folders.items()}
    return {**ONE_THREAD, **os.environ, **paths}


def free_port() -> int:
    """Return a TCP port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_command(folder: Path, port: int, token: str) -> list[str]:
    """Return the command that serves `folder` without opening a browser."""
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
        *(f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True"),
        "--LabApp.extension_manager=readonly",
    ]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*command, "--allow-root"] if is_root else command


def wait_until_up(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return once the server answers; fail with its log when it ends or takes too long."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/api", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-3000:]}")


@contextlib.contextmanager
def serve(
    folder: Path, home: Path, *, theme: str = "light", windowing: str = "full"
) -> Iterator[Lab]:
    """Serve `folder` with a JupyterLab that keeps all its own files below `home`."""
    write_settings(home / "config", theme=theme, windowing=windowing)
    lab = Lab(folder, f"http://127.0.0.1:{free_port()}", secrets.token_hex(16))
    command = server_command(folder, int(lab.url.rpartition(":")[2]), lab.token)
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, env=private_environment(home), stdout=log, stderr=log, cwd=folder
        )
        try:
            wait_until_up(process, lab.url, home / "server.log")
            yield lab
        finally:
            process.terminate()
            process.wait(timeout=30)
