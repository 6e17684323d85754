"""From a company's file to an import plan: text cells → table → checked rows. No database.

The way in is :func:`desktop_app.importing.planner.plan_import`; its result is
:class:`desktop_app.importing.plan.ImportPlan`.
"""
