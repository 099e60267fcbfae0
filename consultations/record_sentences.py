"""The sentences of the record about questions to holders."""

from commissions.public.record_sentences import day, says


@says("enquiry.published")
def asked(subject, facts, names):
    return f"A question was published, to be answered by {day(facts.get('due_on'))}"


@says("enquiry.answered")
def answered(subject, facts, names):
    """The holder answered a question, on time or not."""
    due = day(facts.get("due_on"))
    late = facts.get("answered_on", "") > facts.get("due_on", "")
    return f"A question was answered{' late' if late else ''}, due on {due}"
