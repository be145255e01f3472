"""Output: answers for terminals, scripts and other programs."""
