"""Query language: text to tree, tree to text, words to what they stand for."""
