"""Analysis of single articles: what is found in one, apart from every other?"""
