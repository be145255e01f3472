"""Names: when are two of them one, by their letters alone?"""
