"""Learned: what is seen of each word of a text, and what does that which was learned say of it?"""
