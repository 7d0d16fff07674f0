"""The small review, for these tests."""

from __future__ import annotations

from small_review import review

__all__ = ["review"]
