"""How a paper's sentences are read before anything is judged."""
