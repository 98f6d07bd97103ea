"""``edition watch``: the pages and the web reader of a workspace in a browser of this machine, made
again whenever a file is saved.

``run`` orders it; ``work`` is one build, in a process of its own; ``state`` is what was made of it;
``server`` shows that, to this machine alone; ``drawing`` makes pictures of the pages looked at.
"""
