"""meta's rob(), restated from its source (R/rob.R): ten items, values that are categories or NA, ten domains."""

from __future__ import annotations

import csv
import io
import re

from vivex.exchange.meta_rob import write_meta


def test_rob_finds_items_categories_and_domains(material):
    files = write_meta(material)
    call = files["meta-rob.R"].decode()
    domains, categories = (
        re.findall(r'"([^"]+)"', re.search(rf"{name} = c\((.*?)\)[,\n]\s*[a-z]+ =", call, re.DOTALL)[1])
        for name in ("domains", "categories")
    )
    header, *lines = list(csv.reader(io.StringIO(files["meta-rob.csv"].decode(), newline="")))
    assert header == ["Study", *(f"item{n}" for n in range(1, 11))]
    assert len(domains) == 10  # "Number of domain names does not match number of domains." otherwise
    assert len(categories) == 3
    for line in lines:
        assert all(cell in (*categories, "") for cell in line[1:])  # setcat(): else an error; "" is NA
    assert lines[0][:4] == ["Ode 2019", "Low risk of bias", "High risk of bias", "Unclear risk of bias"]
    assert len(re.search(r"symbols = c\((.*?)\)", call)[1].split(",")) == 3
    assert "overall" not in call.partition("library(meta)")[2]
