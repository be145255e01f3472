"""View: values prepared for a page or for its JSON twin."""
