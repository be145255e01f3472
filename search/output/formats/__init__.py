"""Formats of an export: one module each, which defines `FORMAT`; there is no other list of them.

A module put into this folder is in the interface for scripts and its description, behind a link on
the pages, and in the command line (`search.output.exports.FORMATS`).
"""
