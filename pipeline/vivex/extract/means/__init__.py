"""Means of groups with their errors and numbers of animals, from the cells of tables and from sentences."""
