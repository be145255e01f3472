"""Server: processes, limits, health and figures."""
