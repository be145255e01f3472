"""Evidence: a package that a court, an editor or another archive can check without us."""
