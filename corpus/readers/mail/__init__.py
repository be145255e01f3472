"""Mail: how do letters and newsletters enter, one by one or a mailbox of them?"""
