"""Readers and writers of other programs' files, each a `Format` behind an entry point of the group vivex.formats."""
