"""The HTML report of a review."""
