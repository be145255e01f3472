"""Tables: how do rows and lines of records enter?"""
