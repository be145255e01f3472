"""Body of a page: which of its blocks are the story, and what is taken out?"""
