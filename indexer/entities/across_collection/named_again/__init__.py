"""Named again: whom and what that other articles name does a text in another language name too?"""
