"""Who, which body, where? Finds mentions, says which entity each means, and obeys people."""
