"""Dumps: how do stories enter that wikis, agencies and archives keep in files of their kinds?"""
