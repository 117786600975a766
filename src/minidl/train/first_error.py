"""Several things that are all to be done, although one of them fails."""

from __future__ import annotations

from types import TracebackType


class FirstError:
    """Holds errors back until everything has been tried, then raises the first.

    The others are noted on it. That a generator is closed counts as an error only if it is the
    only one.

    Examples
    --------
    >>> errors = FirstError()
    >>> for text in ("1", "x", "2"):
    ...     with errors:
    ...         print(int(text))
    1
    2
    >>> errors.release()
    Traceback (most recent call last):
    ValueError: invalid literal for int() with base 10: 'x'
    """

    def __init__(self) -> None:
        self._errors: list[BaseException] = []

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if error is not None:
            self._errors.append(error)
        return True

    def release(self) -> None:
        """Raise the first error, if there was one."""
        if not self._errors:
            return
        errors, self._errors = self._errors, []
        errors.sort(key=lambda error: isinstance(error, GeneratorExit))
        first, *others = errors
        for other in others:
            if not isinstance(other, GeneratorExit):
                _note(first, f"also raised: {type(other).__name__}: {other}")
        raise first


def _note(error: BaseException, text: str) -> None:
    """Do what `add_note` does, which Python 3.10 lacks."""
    notes: list[str] = getattr(error, "__notes__", [])
    setattr(error, "__notes__", [*notes, text])  # noqa: B010 - unknown to a checker for 3.10
