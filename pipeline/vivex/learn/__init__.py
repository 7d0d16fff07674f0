"""Models that learn from the review's decisions, and are promoted only if held-out studies say they are no worse."""
