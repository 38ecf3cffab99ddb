"""Calls between real browsers: what the benches of sound and picture are made of."""
