"""Findings weighed: sentence scores, quantities over the whole paper, and the fitted model."""
