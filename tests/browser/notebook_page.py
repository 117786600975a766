"""One notebook open in JupyterLab: run it, find its explorers, collect whatever went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

from tests.browser.lab import Lab

MILLISECONDS_TO_RUN = 280_000  # a little less than a test has
KERNEL_IS_READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  const session = panel?.sessionContext;
  const kernel = session?.session?.kernel;
  return panel?.content?.widgets?.length > 0 && session.isReady
    && kernel?.connectionStatus === 'connected' && kernel?.status === 'idle';
}"""
RUN_ALL = """() => {
  window.minidlRun = 'running';
  jupyterapp.commands.execute('notebook:run-all-cells').then(
    () => { window.minidlRun = 'done'; }, error => { window.minidlRun = String(error); });
}"""
CELLS = """() => jupyterapp.shell.currentWidget.content.widgets.map(cell => ({
  type: cell.model.type, source: cell.model.sharedModel.getSource(),
  count: cell.model.executionCount ?? null, outputs: cell.model.toJSON().outputs ?? [] }))"""
ASK = """async answer => {
  const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const request = kernel.requestExecute({code: '', silent: true, user_expressions: {answer}});
  const reply = await request.done;
  return reply.content.user_expressions.answer.data['text/plain'];
}"""
SCROLL_TO = "i => { jupyterapp.shell.currentWidget.content.scrollToItem(i, 'start') }"
CELL_AT = "i => jupyterapp.shell.currentWidget.content.widgets[i].node"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
HARMLESS = ("favicon.ico",)


class NotebookPage:
    """A notebook in a browser page.

    Parameters
    ----------
    browser, lab
        The browser and the server.
    name
        The notebook's file name in the server's folder.
    width, height
        Size of the window in pixels.
    """

    def __init__(
        self, browser: Browser, lab: Lab, name: str, *, width: int = 1280, height: int = 1000
    ) -> None:
        self.name = name
        self.page_errors: list[str] = []
        self.page: Page = browser.new_page(viewport={"width": width, "height": height})
        self.page.on("pageerror", lambda error: self.page_errors.append(f"page: {error}"))
        self.page.on("console", self._note_console_error)
        self.page.goto(lab.address_of(name))
        self.page.wait_for_function(KERNEL_IS_READY, timeout=60_000)
        self.page.evaluate("() => { jupyterapp.shell.collapseLeft() }")

    def _note_console_error(self, message: ConsoleMessage) -> None:
        text = f"console: {message.text} {message.location.get('url', '')}".strip()
        if message.type == "error" and not any(harmless in text for harmless in HARMLESS):
            self.page_errors.append(text)

    def cells(self) -> list[dict[str, Any]]:
        """Return type, source, execution count and outputs of every cell."""
        cells: list[dict[str, Any]] = self.page.evaluate(CELLS)
        return cells

    def run_all(self) -> None:
        """Run every cell and wait for the last one."""
        self.page.evaluate(RUN_ALL)
        self.page.wait_for_function(
            "() => window.minidlRun !== 'running'", timeout=MILLISECONDS_TO_RUN
        )
        if (outcome := self.page.evaluate("() => window.minidlRun")) != "done":
            self.page_errors.append(f"run all cells: {outcome}")

    def ask(self, expression: str) -> str:
        """Return how the kernel shows what an expression is worth."""
        return str(self.page.evaluate(ASK, expression))

    def scroll_to(self, index: int) -> Locator:
        """Bring a cell into sight and return it."""
        self.page.evaluate(SCROLL_TO, index)
        handle = self.page.evaluate_handle(CELL_AT, index).as_element()
        assert handle is not None
        handle.evaluate("(node, i) => { node.dataset.minidlCell = i }", index)
        return self.page.locator(f"[data-minidl-cell='{index}']")

    def explorers(self) -> Iterator[tuple[int, Locator]]:
        """Bring every explorer into sight in turn and yield its cell's index and its box."""
        for index, cell in enumerate(self.cells()):
            if any(WIDGET_VIEW in output.get("data", {}) for output in cell["outputs"]):
                box = self.scroll_to(index).locator(".minidl-explorer")
                box.first.wait_for(timeout=30_000)
                yield index, box.first

    def problems(self) -> list[str]:
        """Return everything that a reader would have seen go wrong so far."""
        found = list(self.page_errors)
        for index, cell in enumerate(self.cells()):
            if cell["type"] == "code" and cell["source"].strip() and not cell["count"]:
                found.append(f"cell {index} did not run")
            found += [f"cell {index}: {text}" for text in map(complaint, cell["outputs"]) if text]
        return found

    def close(self) -> None:
        """End the kernel, so that the next page of this notebook starts afresh, then the page."""
        self.page.evaluate("async () => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        self.page.close()


def complaint(output: dict[str, Any]) -> str | None:
    """Return what an output of a cell reports as wrong: an exception or anything on stderr."""
    if output["output_type"] == "error":
        return f"{output['ename']}: {output['evalue']}"
    if output["output_type"] == "stream" and output["name"] == "stderr":
        return f"stderr: {''.join(output['text'])[:300]}"
    return None
