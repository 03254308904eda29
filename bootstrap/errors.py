"""Why envcheck's own environment cannot be made."""


class NoEnvironment(Exception):
    """envcheck's own environment cannot be made: the fact, and the one next step."""

    def __init__(self, fact, step):
        Exception.__init__(self, fact)
        self.fact = fact
        self.step = step


class InstallationFailed(Exception):
    """One way of making the environment did not work; the next may. `step` is what to do where it
    is not simply to be tried again, and where it is `sure`, another Python fares no better.
    """

    def __init__(self, fact, step="", sure=False):
        Exception.__init__(self, fact)
        self.step = step
        self.sure = sure
