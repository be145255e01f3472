"""How is an index written? One `IndexWriter` an engine."""
