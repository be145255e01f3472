"""Door of `python -m benchmarks.entities`."""

from benchmarks.entities.tagging import main

main()
