"""Door of `python -m benchmarks.extraction`."""

from benchmarks.extraction.measuring import main

main()
