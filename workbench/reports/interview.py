"""The interview in a report: who speaks, and what stands where no reply does."""

from designs.transcript import Exchange

NOT_GRADED = "Shown, not graded: the score rests on the answers and the drawing."
"""What every rendering says of the interview."""
_SPEAKERS = {"change": "A requirement changes"}


def speaker(one: Exchange) -> str:
    """Return what stands above something that was said."""
    return _SPEAKERS.get(one.kind, "Interviewer")


def no_reply(one: Exchange) -> str:
    """Return what stands instead of a reply; empty after a remark, which asks for none."""
    if one.kind == "remark" or one.reply.strip():
        return ""
    return "Passed on this one." if one.outcome == "passed" else "No reply."
