"""The solutions of the exercises, one file a lesson: the code that `.solution()` shows."""
