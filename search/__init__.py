"""How is a question answered? Query text to tree, tree to matches, matches to a result."""
