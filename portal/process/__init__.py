"""`make run`: prepares the installation, then keeps its processes running in the foreground."""
