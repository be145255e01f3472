"""Names in texts that are not English: by models where there are some, by lists everywhere."""
