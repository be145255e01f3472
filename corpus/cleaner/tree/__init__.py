"""Tree of a page: how do its bytes become blocks?"""
