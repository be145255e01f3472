"""Webui: what does the web say? HTTP only: arguments in, pages and JSON out."""
