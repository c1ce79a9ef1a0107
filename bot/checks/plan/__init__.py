"""Clusters as they are in, ordered steps to CNI Overlay or to Application Gateway for Containers out."""

from bot.checks.plan.forms import FORMATS, MEDIA_TYPES, as_object, render
from bot.checks.plan.planner import plans
from bot.checks.plan.records import GOALS, Goal, Plan, Step

__all__ = ["FORMATS", "GOALS", "MEDIA_TYPES", "Goal", "Plan", "Step", "as_object", "plans", "render"]
