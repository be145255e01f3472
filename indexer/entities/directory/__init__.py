"""Directory: the entities of one generation, written and looked up."""
