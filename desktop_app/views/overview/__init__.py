"""总览: the month's checklist with key figures and alarms."""
