"""Server: the catalogue's tables in PostgreSQL, for collections that several machines take in at
once.

What is in them, and every rule of what goes in, is that of `corpus.store`; here is what differs.
"""
