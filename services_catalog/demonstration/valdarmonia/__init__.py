"""Valdarmonia"""
SLUG = "valdarmonia"
def written(): raise NotImplementedError
