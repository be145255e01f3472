"""Assistants: the interface for scripts, as tools of the Model Context Protocol."""
