"""Dossiers: what do people keep of what they found, and why?"""
