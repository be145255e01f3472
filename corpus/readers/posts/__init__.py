"""Posts: how do exports of channels and accounts enter, one article a post?"""
