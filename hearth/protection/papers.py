"""Who of those asked to a conference has been sent what, and who is still to have it."""

from dataclasses import dataclass

from hearth.plans.models import Distribution, Meeting, MeetingMember, Paper


@dataclass(frozen=True, slots=True)
class Standing:
    """One of those asked, and how a paper stands with them."""

    member: MeetingMember
    sending: Distribution | None
    # That it was kept from them, until they were let have it.
    lifted: Distribution | None = None

    @property
    def has_it(self) -> bool:
        """Whether nothing more is to be done for them: it went, or it is kept from them."""
        return self.sending is not None


def standings(meeting: Meeting, paper: Paper) -> list[Standing]:
    """Everybody who is to have a paper, and how it stands with each."""
    rows = Distribution.objects.filter(meeting=meeting, paper=paper)
    rows = rows.select_related("sent_by", "withheld_by", "lifted_by")
    sent = {one.member_id: one for one in rows if one.returned_at is None}
    lifted = {one.member_id: one for one in rows if one.lifted_by_id}
    members = meeting.members.filter(removed_at=None).select_related("person", "worker")
    return [
        Standing(member, sent.get(member.pk), lifted.get(member.pk))
        for member in members
        if member.is_key or member.took_part
    ]


def still_to_have(meeting: Meeting, paper: Paper) -> list[MeetingMember]:
    """Those who have neither been sent a paper nor are kept from it."""
    return [one.member for one in standings(meeting, paper) if not one.has_it]
