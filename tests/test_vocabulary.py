"""The closed lists of the field agree with each other and with the pages made from them."""

from typing import get_args

from places import place, text, vocabulary
from places.vocabulary import AUDIENCES, LISTED, NETWORKS, PINNED, TYPES


def test_every_type_has_its_words() -> None:
    """The codes a record may hold are the codes with a name, a plural and a sentence."""
    assert set(get_args(vocabulary.Type)) == set(TYPES)
    assert all(kind.name and kind.plural and kind.about.endswith(".") for kind in TYPES.values())


def test_no_two_types_have_one_name() -> None:
    """A person can tell every type from every other, also without marks."""
    for names in ([kind.name for kind in TYPES.values()], [kind.plural for kind in TYPES.values()]):
        assert len({text.fold(name) for name in names}) == len(TYPES)


def test_every_audience_has_its_word() -> None:
    """The codes a record may hold are the codes with a Polish name."""
    assert set(get_args(vocabulary.Audience)) == set(AUDIENCES)


def test_the_special_states_and_precisions_exist() -> None:
    """What is listed and what is pinned are words of their own lists."""
    assert set(get_args(vocabulary.Status)) > LISTED
    assert set(get_args(vocabulary.Precision)) > PINNED


def test_every_network_has_an_address_of_its_own() -> None:
    """No two known networks share a page, and each page has an address."""
    keys = [place.network_key(name) for name in NETWORKS]
    assert all(keys)
    assert len(set(keys)) == len(keys)


def test_codes_are_safe_in_files_and_addresses() -> None:
    """A type's code needs no quoting anywhere."""
    assert all(code.replace("_", "").isalpha() and code.isascii() for code in TYPES)
