"""The command line: `vivex VERB`. Each verb is a module of `vivex.verbs`."""

from __future__ import annotations

import sys

if (
    __name__ == "__main__"
    and not sys.flags.safe_path
    and __import__("vivex").__file__ != f"{sys.path[0]}/vivex/__init__.py"
):
    # `python -m vivex.cli` puts the working folder first: no file beside the papers may be taken for a module. Only
    # where vivex itself lies in it (a checkout's pipeline/) it stays.
    del sys.path[0]

import argparse
import importlib
import io
import os
from collections.abc import Sequence

from vivex import __version__
from vivex.errors import VivexError, in_one_line
from vivex.files import well_formed

# verb -> module, in the order of a review's work
VERBS: dict[str, str] = {
    "run": "run",
    "init": "init",
    "sync": "sync",
    "codebook": "codebook",
    "parse": "parse",
    "recognize": "recognize",
    "assess": "assess",
    "prefill": "prefill",
    "report": "report",
    "assign": "assign",
    "work": "work",
    "desk": "desk",
    "import": "import_",
    "check": "check",
    "rename": "rename",
    "exclude": "exclude",
    "reopen": "reopen",
    "undo": "undo",
    "status": "status",
    "next": "next",
    "conflicts": "conflicts",
    "adjudicate": "adjudicate",
    "agree": "agree",
    "final": "final",
    "export": "export",
    "train": "train",
    "evaluate": "evaluate",
}
_THREADED = ("train", "evaluate")  # verbs whose numbers gain by more threads


def parser() -> argparse.ArgumentParser:
    """Return the argument parser with every verb."""
    top = argparse.ArgumentParser(
        prog="vivex",
        description="Pre-fill the extraction form and the SYRCLE risk-of-bias form of animal studies, with evidence.",
        epilog="`vivex VERB --help` explains a verb. Exit status: 0 done, 1 some papers or rows were left out, 2 not "
        "done, 3 some papers were not done for a reason that may pass: run it again.",
    )
    top.add_argument("--version", action="version", version=f"vivex {__version__}")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, name in VERBS.items():
        module = importlib.import_module(f"vivex.verbs.{name}")
        sub = verbs.add_parser(verb, help=module.HELP, description=module.HELP)
        module.arguments(sub)
        sub.set_defaults(run=module.run)
    return top


def _afterwards(fault: sys.UnraisableHookArgs) -> None:
    """Print what failed as something unfinished was thrown away, but for faults of disk and memory: these were told."""
    if fault.exc_value is None or in_one_line(fault.exc_value) is None:
        sys.__unraisablehook__(fault)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; print an error as one line, and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name that no UTF-8 holds can be told all the same
    options = parser().parse_args(argv)
    if sys.unraisablehook is sys.__unraisablehook__:  # a program that calls this may have one of its own
        sys.unraisablehook = _afterwards
    if options.verb not in _THREADED:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # where memory is short, its threads never end
    try:
        for name, value in vars(options).items():
            if isinstance(value, str) and well_formed(value) != value:
                raise VivexError(f"--{name} is not UTF-8 text; set the terminal to UTF-8 and type it anew")
        return int(options.run(options))
    except VivexError as error:
        print(f"vivex {options.verb}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read the standard output has gone; the pool's pipes never say so
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        line = in_one_line(error)
        if line is None:
            raise  # a defect of ours: the place is worth more than a short message
        print(f"vivex {options.verb}: {line}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"vivex {options.verb}: interrupted; what was finished is kept, run it again to go on", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
