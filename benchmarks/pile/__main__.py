"""Door of `python -m benchmarks.pile`."""

from benchmarks.pile.intake import main

main()
