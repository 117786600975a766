"""What goes wrong in building."""


class BuildError(Exception):
    """A lesson that cannot be built, or a notebook that may not be overwritten."""
