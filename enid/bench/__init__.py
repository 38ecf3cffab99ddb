"""Measures Enid beside a baseline in the same run; only ratios travel from one machine to another."""
