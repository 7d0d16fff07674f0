"""The kinds of entities, one module a label: how it is found by rules."""
