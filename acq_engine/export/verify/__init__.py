"""Proofs that an exported file computes what the student computes."""
