"""Import what vivex's commands and the children of its pools import: processes are forked from one that has."""

import importlib
import pkgutil

import vivex
from vivex.compiled import kept
from vivex.parse.mupdf import mupdf

_BESIDE = ("onnxruntime", "openpyxl", "tokenizers")  # imported inside functions
_LEFT = "vivex.recognize.spacy_components"  # which would bring spaCy

mupdf()
with kept():
    for name in sorted({module.name for module in pkgutil.walk_packages(vivex.__path__, "vivex.")} - {_LEFT}):
        importlib.import_module(name)
for name in _BESIDE:
    importlib.import_module(name)
