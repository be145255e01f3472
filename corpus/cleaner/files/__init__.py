"""Files: how do papers, books and pictures of pages become articles?"""
