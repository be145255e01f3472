"""Declarations of a page: title, authors, outlet, as its markup says them."""
