"""Assembly: contexts → claims with exact offsets, quote and proof, each field with the words it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.claims import Claim, Scope, identify
from tracker.documents import Document
from tracker.extract.context import Context
from tracker.extract.harm.mentions import Mention
from tracker.extract.perpetrators import Perpetrator
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.stories import Story
from tracker.extract.trace import ClaimReason, FieldReason


class ClaimAssembler:
    """Builds the claims of one story."""

    def assemble(
        self,
        document: Document,
        story: Story,
        contexts: Sequence[Context],
        perpetrators: Sequence[Perpetrator | None],
    ) -> list[ClaimReason]:
        """One claim for each place in the text and measure, with its reasons; a perpetrator for each context."""
        starts: dict[int, int] = {}
        for context in contexts:
            mention = context.mention
            starts[id(mention)] = story.sentences[mention.sentence].tokens[mention.group.count_first].start
        made: dict[tuple[int, int, str], ClaimReason] = {}
        for context, perpetrator in zip(contexts, perpetrators, strict=True):
            reason = self._claim(document, story, context, starts, perpetrator)
            key = (reason.claim.start, reason.claim.end, reason.claim.measure)
            made.setdefault(key, reason)
        return list(made.values())

    def _claim(
        self,
        document: Document,
        story: Story,
        context: Context,
        starts: dict[int, int],
        perpetrator: Perpetrator | None,
    ) -> ClaimReason:
        mention = context.mention
        sentence = story.sentences[mention.sentence]
        start, end = starts[id(mention)], sentence.tokens[mention.group.count_last - 1].end
        flags = []
        day_start, day_end = _days(context)
        if day_start and document.published and day_start > document.published:
            flags.append("date_after_publication")
            day_start = day_end = None
        if mention.group.is_vague:
            flags.append("vague")
        if mention.is_recalled:
            flags.append("recalled")
        point = context.place.point
        whole = mention.part_of
        claim = Claim(
            document_id=document.document_id,
            measure=mention.measure,
            count_min=mention.count.minimum,
            count_max=mention.count.maximum,
            count_text=document.text[start:end],
            start=start,
            end=end,
            victims=_victims(mention, story),
            part_of=starts.get(id(whole)) if whole is not None and starts.get(id(whole)) != start else None,
            scope=context.scope.scope,
            status=mention.status,
            places=context.place.places,
            country=context.place.country,
            date_start=day_start,
            date_end=day_end,
            source=context.attribution.text if context.attribution else None,
            cause=context.cause.cause if context.cause else None,
            claim_id=identify(document.text_sha256, start, end, mention.measure),
            quote=sentence.quote,
            quote_start=sentence.start,
            quote_end=sentence.end,
            rule_id=mention.rule_id,
            story=story.index,
            event=context.event,
            baseline_text=context.scope.baseline_text,
            baseline_date=context.scope.baseline,
            latitude=point.latitude if point else None,
            longitude=point.longitude if point else None,
            geonames_id=point.geonames_id if point else None,
            admin1=point.admin1 if point else None,
            place_precision=context.place.precision,
            date_precision=context.date.precision if context.date and day_start else None,
            source_id=context.attribution.source_id if context.attribution else None,
            source_kind=context.attribution.source_kind if context.attribution else None,
            relayed_by=context.attribution.relayed_by if context.attribution else None,
            perpetrator_text=perpetrator.text if perpetrator else None,
            perpetrator_status=perpetrator.status if perpetrator else None,
            flags=tuple(flags),
        )
        reasons = _reasons(claim, context, sentence)
        if perpetrator is not None:
            value = f"{perpetrator.text} ({perpetrator.status})"
            reasons.append(FieldReason("perpetrator", value, perpetrator.words, perpetrator.rule_id))
        return ClaimReason(claim, tuple(reasons))


def _days(context: Context) -> tuple[date | None, date | None]:
    if context.date is None or context.date.start is None or context.date.end is None:
        return None, None
    return context.date.start, context.date.end


def _victims(mention: Mention, story: Story) -> str | None:
    """The words that name the victims; for a pronoun those that it stands for, which may be in a sentence before."""
    if mention.named is None:
        return _verbatim(story.sentences[mention.sentence], mention.group.victims)
    number, first, last = mention.named
    return _verbatim(story.sentences[number], (first, last))


def _whole_words(mention: Mention, sentence: Sentence) -> str:
    """The words of the figure that includes this one, where it stands in the same sentence."""
    whole = mention.part_of
    if whole is None or whole.sentence != mention.sentence:
        return ""
    return _verbatim(sentence, (whole.group.count_first, whole.group.count_last)) or ""


def _verbatim(sentence: Sentence, tokens: tuple[int, int] | None) -> str | None:
    if tokens is None or tokens[0] >= tokens[1]:
        return None
    return sentence.text[sentence.tokens[tokens[0]].start : sentence.tokens[tokens[1] - 1].end]


def _reasons(claim: Claim, context: Context, sentence: Sentence) -> list[FieldReason]:
    mention = context.mention
    reasons = [
        FieldReason("measure", claim.measure, _verbatim(sentence, mention.trigger) or "", claim.rule_id),
        FieldReason("scope", claim.scope, context.scope.baseline_text or "", context.scope.rule_id),
        FieldReason(
            "status",
            claim.status,
            ", ".join(_verbatim(sentence, (cue.first, cue.last)) or "" for cue in mention.qualifiers),
            ", ".join(cue.rule.id for cue in mention.qualifiers),
        ),
    ]
    if claim.victims:
        reasons.append(FieldReason("victims", claim.victims, claim.victims))
    if claim.places or claim.country:
        words = ", ".join(place.text for place in context.place.mentions)
        reasons.append(FieldReason("place", f"{', '.join(claim.places)} ({claim.country})", words))
    if claim.date_start and context.date:
        reasons.append(
            FieldReason("date", f"{claim.date_start} to {claim.date_end}", context.date.text, context.date.rule_id)
        )
    if claim.source and context.attribution:
        reasons.append(FieldReason("source", claim.source, claim.source, context.attribution.rule_id))
    if context.cause:
        reasons.append(FieldReason("cause", context.cause.cause, context.cause.text, context.cause.rule_id))
    if claim.part_of is not None:
        reasons.append(FieldReason("part_of", str(claim.part_of), _whole_words(mention, sentence)))
    for flag in claim.flags:
        reasons.append(FieldReason("flag", flag, ""))
    if claim.scope is Scope.CUMULATIVE and claim.baseline_date:
        reasons.append(FieldReason("baseline", str(claim.baseline_date), claim.baseline_text or ""))
    return reasons
