"""Places on the earth: where does a named place lie, and in what?"""
