"""Ctrl-C for long scripts: what is at work is ended, and the summary is still given."""

from __future__ import annotations

import signal
from types import FrameType


def stopped_by_hand() -> list[int]:
    """Return what is empty until Ctrl-C; a second Ctrl-C ends the program at once."""
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, note)
    return pressed
