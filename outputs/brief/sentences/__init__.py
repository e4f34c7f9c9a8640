"""Sentences of a brief, each built from figures and saying no more than their intervals allow."""
