"""Standing questions: what is new to a question since somebody looked last?"""
