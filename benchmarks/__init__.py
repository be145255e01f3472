"""How fast and how good, against peers measured in the same run?"""
