"""What cannot be load-tested, said in one sentence that tells how to mend it."""


class LoadTestError(ValueError):
    """The drawing or the run cannot be tested.

    The message names the node, what is wrong, the range that is allowed and what to change. It may
    quote a learner's label: escape it where it is shown.
    """
