"""Rules of opening hours made up by Hypothesis, in OSM syntax."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock(half_hours: int) -> str:
    return f"{half_hours // 2:02}:{half_hours % 2 * 30:02}"


def hours(most: int = 48) -> SearchStrategy[str]:
    """One or two stretches of a day, in half hours: "10:00-12:00,16:00-20:30"."""
    edges = st.lists(st.integers(0, most), min_size=2, max_size=4, unique=True).map(sorted)
    return edges.map(
        lambda them: ",".join(
            f"{clock(begins)}-{clock(ends)}"
            for begins, ends in zip(them[::2], them[1::2], strict=False)
        )
    )


def nights() -> SearchStrategy[str]:
    """Hours over midnight."""
    return st.builds(
        lambda begins, ends: f"{clock(begins)}-{clock(ends)}",
        st.integers(36, 47),
        st.integers(1, 10),
    )


@st.composite
def days(draw: st.DrawFn) -> str:
    """Weekdays: a range, a list, or one by its number in the month."""
    kind = draw(st.sampled_from(("range", "list", "numbered")))
    if kind == "range":
        first, last = draw(st.lists(st.integers(0, 6), min_size=2, max_size=2, unique=True))
        return f"{WEEKDAYS[min(first, last)]}-{WEEKDAYS[max(first, last)]}"
    if kind == "numbered":
        return f"{draw(st.sampled_from(WEEKDAYS))}[{draw(st.sampled_from((1, 2, 3, 4, -1)))}]"
    some = draw(st.lists(st.sampled_from(range(7)), min_size=1, max_size=3, unique=True))
    return ",".join(WEEKDAYS[day] for day in sorted(some))


def seasons() -> SearchStrategy[str]:
    """Months or dates."""
    months = st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)).map(
        lambda two: two[0] if two[0] == two[1] else f"{two[0]}-{two[1]}"
    )
    return st.one_of(months, st.sampled_from(("Dec 24", "Dec 24-Dec 31", "2026 Nov 2-2026 Nov 8")))


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules that the library and we must understand alike."""
    several = [f"{draw(days())} {draw(hours())}"]
    if draw(st.booleans()):
        several.append(f"{draw(seasons())} {draw(days())} {draw(hours())}")
    if draw(st.booleans()):
        several.append(f"{draw(days())} {draw(hours())}")
    last = draw(
        st.sampled_from(
            ("", "PH off", "PH 10:00-14:00", 'Sa-Su unknown "podczas imprez"', "Dec 25-26 off")
        )
    )
    joined = draw(st.sampled_from(("; ", ", ")))
    return "; ".join(one for one in (joined.join(several), last) if one)
