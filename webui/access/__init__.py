"""Access: who is asking, and what may they see and do?"""
