"""Programs: what their interpreter does from the first service call to the exit."""
