"""From a selection to a report: plan, runner, results, verdict."""
