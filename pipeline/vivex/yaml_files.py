"""YAML as people write it in a codebook or params.yaml, read strictly: UTF-8, no key twice, words as they stand."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from vivex.errors import MalformedFile

_TRUTH, _TEXT = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:str"


def read_yaml(data: bytes, *, where: str, as_written: bool = False) -> Any:
    """Return what a YAML file's bytes say; raise MalformedFile naming the line.

    `as_written` leaves every word and number as text: "no" is no False, 1:30 no 90 and 0.10 no 0.1.
    """
    import yaml

    class Loader(yaml.BaseLoader if as_written else yaml.SafeLoader):  # type: ignore[misc]
        """Refuse a key that stands twice in one mapping; the usual loaders take the last without a word."""

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
            for key, _ in node.value:
                if key.tag == _TRUTH:  # a key is a name, also `on`, which YAML 1.1 takes for true
                    key.tag = _TEXT
            keys = [self.construct_object(key, deep=True) for key, _ in node.value]
            twice = next((key for i, key in enumerate(keys) if key in keys[:i] and key != "<<"), None)
            if twice is not None:
                line = node.start_mark.line + 1
                raise MalformedFile(f"{where}: {twice!r} stands twice in what begins at line {line}; remove one")
            found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
            return found

    try:
        text = data.decode("utf-8-sig")
        return yaml.load(text, Loader)
    except UnicodeDecodeError as error:
        raise MalformedFile(f"{where}: not UTF-8 text ({error}); save it as UTF-8") from error
    except RecursionError as error:
        raise MalformedFile(f"{where}: nested too deeply to be read") from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        place = f" in line {mark.line + 1}" if mark else ""
        raise MalformedFile(f"{where}: not YAML ({said}{place}); correct the line it names") from error
