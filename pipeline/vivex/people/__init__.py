"""What people decided: stored, imported, assigned, compared, settled, and resolved for training and the final tables."""
