"""The error-checking layer: per service its checks, in the device's order, then the work."""
