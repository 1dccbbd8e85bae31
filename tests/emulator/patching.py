"""Changes to a class that are refused when it is no longer what they were written for."""


class PatchDoesNotFit(Exception):
    pass


def replace(owner, name, make):
    """Puts make(original) in the place of owner.name, which must be there."""
    if not hasattr(owner, name):
        raise PatchDoesNotFit(f"{owner.__name__}.{name} is to be replaced, but is not there any more")
    setattr(owner, name, make(getattr(owner, name)))


def add(owner, function):
    """Gives owner a function that it must not have yet."""
    name = function.__name__
    if hasattr(owner, name):
        raise PatchDoesNotFit(f"{owner.__name__}.{name} is there by itself now: leave the patch out")
    setattr(owner, name, function)


def route(paths, pattern, handler):
    """Adds a path to a service's map of paths."""
    key = "{0}/" + pattern
    if key in paths:
        raise PatchDoesNotFit(f"the path {key} is served by itself now: leave the patch out")
    paths[key] = handler
