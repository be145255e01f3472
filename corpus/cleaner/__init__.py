"""What did the page say? `clean(raw)` makes an `Article` of a `RawDocument`, or says why not."""
