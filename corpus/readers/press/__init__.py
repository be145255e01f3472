"""Press: how do stories of press databases enter, and records of programs for references?"""
