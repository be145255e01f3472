"""How was the shipped model made? `make model` runs this; nothing of it runs afterwards."""
