"""Check a resolved scenario from top to bottom and say everything that is wrong with it at once."""

from __future__ import annotations

from ..model.inputs import READINGS
from .aims import targets_of
from .beliefs import beliefs_of
from .cursor import Book, Cursor
from .dates import in_order, inside_calendar, span_of
from .document import Document, Span
from .grammar import CALENDAR, ROSTER, SCENARIO, required
from .layers import Resolved
from .settings import districts_of, phases_of, settings_of
from .world import funders_of, readings_of, runs_of, shocks_of

LONGEST = 600


def document_of(resolved: Resolved) -> tuple[Document, Book]:
    """What the scenario says, and the book of its problems (place names are looked up later)."""
    book = Book()
    root = Cursor(resolved.root, "", book)
    document = Document(readings={topic: options[0] for topic, options in READINGS.items()})
    root.has_only(SCENARIO, required(SCENARIO))
    document.calendar = _calendar(root.at("calendar"))
    for key, read in (("name", Cursor.pair), ("about", Cursor.pair)):
        given = root.at(key)
        said = read(given) if given else None
        if key == "name" and said:
            document.name = said
    document.place = root.at("place")
    if document.place and isinstance(document.place.value, dict):
        _roster(document.place)
    _world(root, document)
    _policy(root, document)
    return document, book


def _calendar(given: Cursor | None) -> Span:
    if given is None or not given.has_only(CALENDAR, required(CALENDAR)):
        return Span()
    starts, ends = given.at("from"), given.at("until")
    span = Span(starts.month() if starts else None, ends.month() if ends else None)
    if span.first is None or span.last is None or ends is None or not in_order(span, ends):
        return Span()
    if span.last - span.first >= LONGEST:
        ends.wrong(
            f"模拟时段过长（最多 {LONGEST // 12} 年）",
            f"the calendar is too long (at most {LONGEST // 12} years)",
        )
        return Span()
    return span


def _roster(place: Cursor) -> None:
    place.has_only(ROSTER, required(ROSTER))
    for key, read in (("roster", Cursor.words), ("name", Cursor.pair)):
        if part := place.at(key):
            read(part)


def _world(root: Cursor, document: Document) -> None:
    calendar = document.calendar
    if given := root.at("readings"):
        document.readings |= readings_of(given)
    if given := root.at("funders"):
        document.funders = funders_of(given, calendar)
    if given := root.at("shocks"):
        document.shocks = shocks_of(given, calendar)
    if given := root.at("targets"):
        document.targets = targets_of(given, calendar, document.readings)
        items = given.items() if isinstance(given.value, list) else ()
        document.scopes = tuple(scope for item in items if (scope := item.at("in")))
    if given := root.at("runs"):
        runs_of(given, document)
    for key, only in (("start", "start_"), ("parameters", "")):
        if given := root.at(key):
            document.parameters |= beliefs_of(given, only)


def _policy(root: Cursor, document: Document) -> None:
    calendar = document.calendar
    if given := root.at("existing"):
        document.existing = settings_of(given, calendar, calendar, dated=False)
    plan = root.at("plan")
    document.plan_span = calendar
    if plan and plan.is_mapping():
        document.plan_span = span_of(plan, calendar).within(calendar)
        document.plan = settings_of(plan, document.plan_span, calendar, assessed=True)
        if assessment := plan.at("assessment"):
            _assessment(assessment, document)
    if given := root.at("phases"):
        document.phases = phases_of(given, calendar)
    if given := root.at("districts"):
        document.districts = districts_of(given, document.plan_span, calendar)


def _assessment(cursor: Cursor, document: Document) -> None:
    if not isinstance(cursor.value, dict):
        return
    calendar = document.calendar
    checks, deadline = cursor.at("checks"), cursor.at("deadline")
    if checks and checks.is_list():
        months = [(item, item.month()) for item in checks.items()]
        for item, month in months:
            if month is not None:
                inside_calendar(Span(month, month), calendar, item)
        document.checks = tuple(sorted({month for _, month in months if month is not None}))
    if deadline and (month := deadline.month()) is not None:
        inside_calendar(Span(month, month), calendar, deadline)
        document.deadline = month
