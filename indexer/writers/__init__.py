"""Writers: one `IndexWriter` an engine."""
