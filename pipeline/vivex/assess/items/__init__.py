"""The items, a file each: what the sentences of a paper say of it."""
