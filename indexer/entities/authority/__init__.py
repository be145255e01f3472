"""Authority: what have people decided about names?"""
