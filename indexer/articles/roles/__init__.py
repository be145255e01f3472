"""Roles: as what does one article name somebody? In English."""
