"""The small review, for these tests."""

from __future__ import annotations

from hypothesis import settings

from small_review import review

__all__ = ["review"]

settings.register_profile("unhurried", deadline=None)  # a busy machine is no failure
settings.load_profile("unhurried")
