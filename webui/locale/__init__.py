"""Locale: pages in the languages of their readers. What scripts ask stays English."""
