"""Errors that a reviewer can act on.

VivexError                  anything vivex reports; the message says what, where and what to do
├── UnreadablePaper         a paper that can't be read (encrypted, scanned, empty, broken, too large, not a paper)
├── MalformedFile           a vivex file (document, annotation, codebook, params) that breaks its format
├── UnknownName             a label, field, reviewer, study, verb or plug-in nobody registered
├── MissingModel            model files that are absent or don't match
├── MissingExtra            a feature whose optional dependency isn't installed
└── ReviewError             a review folder in a state that forbids the step (locked, not initialised)
"""


class VivexError(Exception):
    """Report what went wrong, where, and what to do about it."""


class UnreadablePaper(VivexError):
    """Say why a paper can't be read (`reason`, one of `REASONS`) and the remedy (`remedy`)."""

    REASONS = (
        "encrypted",
        "no text",
        "empty",
        "broken",
        "too large",
        "timed out",
        "out of memory",
        "crashed",
        "unsupported",
        "duplicate",
    )

    def __init__(self, reason: str, remedy: str, *, path: str = "") -> None:
        if reason not in self.REASONS:
            raise ValueError(f"reason {reason!r} is not one of {self.REASONS}")
        self.reason, self.remedy, self.path = reason, remedy, path
        super().__init__(f"{path + ': ' if path else ''}{reason}: {remedy}")

    def __reduce__(self) -> tuple[object, ...]:
        return (_unreadable, (self.reason, self.remedy, self.path))


def _unreadable(reason: str, remedy: str, path: str) -> UnreadablePaper:
    return UnreadablePaper(reason, remedy, path=path)


class MalformedFile(VivexError):
    """Say which file, which line or key, and what was expected."""


class UnknownName(VivexError):
    """Say which name is unknown and list the known ones."""


class MissingModel(VivexError):
    """Say which model is missing and how to get it."""


class MissingExtra(VivexError):
    """Say which extra to install."""


class ReviewError(VivexError):
    """Say what state the review folder is in and how to leave it."""
