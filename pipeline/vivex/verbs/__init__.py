"""The command line's verbs, one module each.

A verb module has `HELP` (one line), `arguments(parser)` and `run(options) -> int` (the exit status), and imports
nothing heavy at its top.
"""
