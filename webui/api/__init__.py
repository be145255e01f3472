"""API: JSON under `/api/v1`, its table of endpoints and its description."""
