"""Forms: the fields of a paper filled from its mentions, and the files that reviewers open."""
