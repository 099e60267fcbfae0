"""What a section is, and what became of it between one version and the next."""

from django.db import models


class SectionKind(models.TextChoices):
    """What a section fixes. Process and input prescribe how, so they need a reason.

    Procurement Act 2023 s.56(2): documents may not describe a design where
    they could describe performance or function.
    """

    OUTCOME = "outcome", "Outcome: what is better in people's lives"
    OUTPUT = "output", "Output: what is delivered"
    PROCESS = "process", "Process: how it is done"
    INPUT = "input", "Input: staff, buildings, equipment"
    LEGAL = "legal", "Legal: what the law or the contract requires"


PRESCRIPTIVE = (SectionKind.PROCESS, SectionKind.INPUT)


class Change(models.TextChoices):
    """What became of a section between one version and the next."""

    UNCHANGED = "unchanged", "Unchanged"
    REWORDED = "reworded", "Reworded"
    MOVED = "moved", "Moved"
    SPLIT = "split", "Split from a longer section"
    MERGED = "merged", "Merged from several sections"
    NEW = "new", "New"
    REMOVED = "removed", "Removed"


UNEXPLAINED = (Change.REWORDED, Change.SPLIT, Change.MERGED, Change.NEW)
"""Changes of words: with no comment behind them they need a reason."""
