"""What people decided: stored, imported, assigned, compared, settled."""
