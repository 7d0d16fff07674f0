"""What the results of a machine rest on, told part by part: two machines are compared before they share work."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace

from vivex import __version__, dependencies, inputs
from vivex.models import fingerprint, locate, shipped
from vivex.stages import STAGES, common_key
from vivex.work import Setting

Standing = Mapping[str, str]  # what it is -> its hash or version


def standing(setting: Setting, *, own_models: bool = True) -> dict[str, str]:
    """Return versions and hashes of code, vocabulary, models, libraries and plug-ins of this machine, as they are now.

    `own_models`: the models lie where the setting says; else those are meant that come with this machine's vivex.
    """
    dependencies.forget()
    here = setting if own_models else replace(setting, models=shipped())
    found = {"Python": f"{sys.version_info.major}.{sys.version_info.minor}", "vivex": __version__}
    for stage in STAGES.values():
        found[f"code and vocabulary of {stage.name}"] = dependencies.code_hash(*stage.code)
        for part in stage.models:
            found[f"the {part} model"] = fingerprint(locate(here.models, part))
        for told in inputs.of_libraries(stage.libraries):
            name, _, version = told.partition("=")
            found[name] = version
    for stage in STAGES.values():
        found[f"plug-ins and settings of {stage.name}"] = common_key(stage, here)
    return found


def differing(here: Standing, there: Standing) -> list[str]:
    """Return what differs, in words; plug-ins and settings only where nothing else explains their difference."""
    found = [name for name in here if here[name] != there.get(name)]
    plain = [name for name in found if not name.startswith("plug-ins")] or found
    return [_shown(name, here[name], there.get(name, "")) for name in plain]


def _shown(name: str, here: str, there: str) -> str:
    return f"{name} ({there or 'none'} there, {here or 'none'} here)" if len(here) < 12 else name
