"""Web: how do pages enter that were saved or crawled, and the feeds that name them?"""
