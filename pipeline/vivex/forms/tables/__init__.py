"""The review as tables: tidy CSV files, and other programs' formats."""
