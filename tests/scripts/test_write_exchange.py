"""docs/exchange.md is what the registered formats say."""

from __future__ import annotations

import write_exchange
from vivex.exchange.formats import all_formats


def test_the_page_is_written_from_the_formats() -> None:
    assert write_exchange.PAGE.read_text(encoding="utf-8") == write_exchange.text(), "python scripts/write_exchange.py"


def test_every_format_is_on_the_page() -> None:
    text = write_exchange.text()
    for name, of in all_formats().items():
        assert of.program in text
        assert f"`vivex export --to {name}`" in text or f"--from {name}`" in text
