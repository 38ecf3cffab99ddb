"""Measurements, each beside a baseline in the same run. Nothing here runs on a server that people use."""
