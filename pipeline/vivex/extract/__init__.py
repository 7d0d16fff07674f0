"""Extract the values of a form's fields from a paper's mentions and sentences."""
