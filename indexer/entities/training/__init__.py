"""Training: how was the shipped model made? `make model` runs it; nothing of it runs later."""
