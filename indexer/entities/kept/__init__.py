"""What is kept of names from one update to the next: numbers in arrays, and how to ask them."""
