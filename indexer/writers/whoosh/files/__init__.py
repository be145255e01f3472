"""Files of the index: sections, sums, sorted words, stored documents."""
