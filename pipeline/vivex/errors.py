"""Errors that a reviewer can act on.

VivexError                  anything vivex reports; the message says what, where and what to do
├── UnreadablePaper         a paper that can't be read (encrypted, scanned, empty, broken, too large, not a paper)
├── TransientFault          what stops the work for now (full disk, memory, signals, permissions, a defect of vivex)
├── MalformedFile           a vivex file (document, annotation, codebook, params) that breaks its format
├── UnknownName             a label, field, reviewer, study, verb or plug-in nobody registered
├── MissingModel            model files that are absent or don't match
├── MissingExtra            a feature whose optional dependency isn't installed
└── ReviewError             a review folder in a state that forbids the step (locked, not initialised)

Only an UnreadablePaper is a property of a paper, kept with it until its bytes or the settings change. Any other error
is of the moment or of the setting: it is told, never kept, and the work is tried again the next time.
"""

import errno

_REMEDIES = {  # what the operating system says -> what to do
    errno.ENOSPC: "free some space on that disk and run it again",
    errno.EDQUOT: "your share of that disk is used up; free some space and run it again",
    errno.EFBIG: "files may not grow so large there; choose another folder and run it again",
    errno.EACCES: "make it readable and writable for you, or choose another place, and run it again",
    errno.EPERM: "make it readable and writable for you, or choose another place, and run it again",
    errno.EROFS: "it can only be read; choose a folder that you may write to",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EEXIST: "a file stands where a folder is to be; choose another place, or move the file away",
    errno.ENOTDIR: "a file stands where a folder is to be; choose another place, or move the file away",
    errno.EISDIR: "it is a folder; name a file",
    errno.ENOENT: "there is no such file; check the name",
    errno.EMFILE: "too many files are open; close other programs and run it again",
    errno.ENOMEM: "close other programs, or lower limits.jobs, and run it again",
}
_DAMAGED = {  # the classes that say so, by their full name, so that none is imported for it
    "zipfile.BadZipFile": "not a file of its kind, or damaged",
    "zlib.error": "damaged",
    "xml.etree.ElementTree.ParseError": "its XML is damaged",
    "lxml.etree.XMLSyntaxError": "its XML is damaged",
    "json.decoder.JSONDecodeError": "not JSON",
    "yaml.error.YAMLError": "not YAML",
}
_UNWRITTEN = {  # what libxml2 says of the disk on which a workbook's sheets are put together
    "IO_ENOSPC": _REMEDIES[errno.ENOSPC],
    "IO_EDQUOT": _REMEDIES[errno.EDQUOT],
    "IO_EFBIG": _REMEDIES[errno.EFBIG],
}


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


class TransientFault(VivexError):
    """Say what stopped the work for now; the same paper may well be read the next time."""


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


def in_one_line(error: BaseException, *, where: str = "") -> str | None:
    """Return what a fault of files, disk or memory says to a reviewer; None for an error that nobody foresaw.

    `where` names the file that was at hand, for errors that name none.
    """
    kinds = {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}
    found = sorted(kinds & set(_DAMAGED))
    at = f"{where}: " if where else ""
    if isinstance(error, OSError):
        names = [str(name) for name in (error.filename, error.filename2) if name is not None]
        said = (error.strerror or str(error) or type(error).__name__).lower()
        remedy = _REMEDIES.get(error.errno or 0, "check the disk or drive and run it again")
        line = f"{names[0] + ': ' if names else at}{said}; {remedy}"
    elif isinstance(error, UnicodeEncodeError):
        bad = error.object[error.start : error.end][:10]
        line = f"{at}{bad!a} can't be written as UTF-8; type it anew (in a terminal set to UTF-8), or rename the file"
    elif isinstance(error, UnicodeError):
        line = f"{at}not UTF-8 text ({error}); save it as UTF-8, or get the last good one back"
    elif isinstance(error, SystemError) or (isinstance(error, ImportError) and "failed to map segment" in str(error)):
        line = f"{at}a library failed as where memory is short ({error}); {_REMEDIES[errno.ENOMEM]}"
    elif isinstance(error, MemoryError):
        line = f"{at}not enough memory; {_REMEDIES[errno.ENOMEM]}"
    elif isinstance(error, RecursionError):
        line = f"{at}nested too deeply to be read; get the last good one back"
    elif "lxml.etree.SerialisationError" in kinds:
        remedy = _UNWRITTEN.get(str(error), "check the disk, also that of the temporary files, and run it again")
        line = f"{at}a workbook can't be put together in the folder of temporary files ({error}); {remedy}"
    elif found:
        line = f"{at}{_DAMAGED[found[0]]} ({error}); get the last good one back, or save it anew"
    else:
        return None
    return " ".join(line.split()).encode("utf-8", "backslashreplace").decode("utf-8")


def defect(error: BaseException) -> str:
    """Return what an error that nobody foresaw says to a reviewer: where it arose, and that it is to be reported."""
    import os
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    where = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "?"
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return f"internal error in {where}: {said}; please report it with the file"
