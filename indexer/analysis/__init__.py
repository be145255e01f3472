"""What are the words of a text? The same `Analyzer` at index time and at query time."""
