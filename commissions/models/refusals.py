"""How a verb refuses: something is missing, or somebody else was first."""


class NotReady(Exception):
    """A verb was refused; `reasons` are sentences saying what is missing."""

    def __init__(self, *reasons):
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


class Overtaken(Exception):
    """Somebody else changed the same thing first; nothing was lost."""
