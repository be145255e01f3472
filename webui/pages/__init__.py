"""Pages: what stands on each page for people."""
