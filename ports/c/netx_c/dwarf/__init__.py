"""Names, types and values of C by debug information."""
