"""Which engine answers? One folder an engine; the contract suite runs against each."""
