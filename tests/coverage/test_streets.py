"""The walking network made of an OpenStreetMap file: small towns, broken files, real Gdańsk."""

import warnings
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse.csgraph import dijkstra

from places.coverage import ground, kept, paths, streets, ways
from places.coverage.streets import Network
from places.coverage.terms import WALKERS
from places.errors import Invalid, Unavailable
from places.geo import Point, metres
from tests.towns import AROUND, SQUARE, STREET, a_town

TODAY = date(2026, 3, 11)
GDANSK = Path(__file__).parents[3] / "shared/geodata/osm/gdansk_center_20251020_filtered.osm.pbf"


def loaded(instance: Path, file: Path, name: str = "town") -> Network:
    streets.load(instance, file, name, TODAY)
    [found] = [one for one in streets.current(instance) if one.name == name]
    return found


def code_of(instance: Path, file: Path, name: str = "town") -> str:
    """The code of the one fault the file has."""
    with pytest.raises(Invalid) as refused:
        streets.load(instance, file, name, TODAY)
    [fault] = refused.value.faults
    return fault.code


def test_a_square_is_four_streets_as_long_as_on_the_ground(tmp_path: Path) -> None:
    """Nodes where they are, lengths to a third of a percent of the great circle's."""
    found = loaded(tmp_path, a_town(tmp_path / "a.osm.pbf", day="2026-03-01"))
    assert list(zip(found.start, found.end, strict=True)) == [(0, 1), (0, 3), (1, 2), (2, 3)]
    points = [Point(*one) for one in SQUARE.values()]
    ends = [(points[a], points[b]) for a, b in zip(found.start, found.end, strict=True)]
    assert found.length == pytest.approx([metres(a, b) for a, b in ends], rel=0.004)
    lat, lon = ground.to_earth(found.x, found.y)
    assert np.allclose(np.c_[lat, lon], points, atol=1e-7)
    assert found.node_metres.sum() == pytest.approx(found.length.sum(), rel=1e-6)
    assert (found.about.date, found.about.retrieved) == ("2026-03-01", "2026-03-11")
    assert found.about.licence == "ODbL 1.0" and found.about.rows == 4
    assert found.about.more["share_kept"] == 1


def test_lengths_are_those_of_the_ellipsoid() -> None:
    """Against PROJ's own geodesics, everywhere in Poland, in every direction."""
    import pyproj

    chance = np.random.default_rng(3)
    lat, lon = chance.uniform(49, 54.8, 500), chance.uniform(14.1, 24.1, 500)
    to_lat, to_lon = lat + chance.normal(0, 0.003, 500), lon + chance.normal(0, 0.003, 500)
    _, _, exact = pyproj.Geod(ellps="WGS84").inv(lon, lat, to_lon, to_lat)
    assert np.allclose(streets._metres(lat, lon, to_lat, to_lon), exact, rtol=1e-6)


def test_stairs_are_longer_for_those_who_are_slower_on_them(tmp_path: Path) -> None:
    """The cost is symmetric, and that of level streets is their length."""
    town = [((1, 2), STREET), ((2, 3), {"highway": "steps"})]
    found = loaded(tmp_path, a_town(tmp_path / "a.osm.pbf", town))
    assert found.steps.tolist() == [False, True]
    for walker in WALKERS.values():
        cost = found.cost(walker).toarray()
        assert np.array_equal(cost, cost.T)
        assert cost[0, 1] == pytest.approx(found.length[0])
        assert cost[1, 2] == pytest.approx(found.length[1] * walker.steps)


def test_only_the_largest_part_is_kept_and_the_rest_is_told(tmp_path: Path) -> None:
    """A street nobody can walk to is not there."""
    nodes = {**SQUARE, 8: (54.36, 18.65), 9: (54.361, 18.65)}
    town = [*AROUND, ((8, 9), STREET)]
    found = loaded(tmp_path, a_town(tmp_path / "a.osm.pbf", town, nodes))
    assert len(found.x) == 4
    assert found.about.more["share_kept"] == pytest.approx(0.79, abs=0.02)
    assert found.about.more["nodes_kept"] == pytest.approx(4 / 6, abs=1e-4)


def test_between_two_nodes_the_shortest_way_is_kept_and_no_loop(tmp_path: Path) -> None:
    """Two ways along the same nodes are one street; level where both are as long."""
    town = [
        ((1, 2, 2, 3), {"highway": "steps"}), ((3, 2, 1), STREET), ((1, 1), STREET),
    ]  # fmt: skip
    found = loaded(tmp_path, a_town(tmp_path / "a.osm.pbf", town))
    assert len(found.start) == 2 and not found.steps.any()


def test_nodes_at_one_spot_are_a_centimetre_apart(tmp_path: Path) -> None:
    """A street of no length is a street, and two nodes are two even at one spot."""
    nodes = {**SQUARE, 5: SQUARE[1]}
    joined = [((5, 1, 2), STREET)]
    found = loaded(tmp_path, a_town(tmp_path / "a.osm.pbf", joined, nodes))
    assert found.length.min() == pytest.approx(streets.SHORTEST)
    apart = [((1, 2), STREET), ((5, 4, 3), STREET)]
    assert len(loaded(tmp_path, a_town(tmp_path / "b.osm.pbf", apart, nodes)).x) == 3


def test_closed_gates_and_private_streets_end_the_walk(tmp_path: Path) -> None:
    """Nobody walks through; an open gate is none."""
    private = [((1, 2), STREET), ((2, 3), {**STREET, "access": "private"})]
    assert len(loaded(tmp_path, a_town(tmp_path / "a.osm.pbf", private)).x) == 2
    gates = {3: {"barrier": "gate", "access": "private"}, 2: {"barrier": "gate"}}
    closed = loaded(tmp_path, a_town(tmp_path / "b.osm.pbf", gates=gates))
    assert len(closed.start) == 2


def test_a_street_cut_at_the_edge_of_the_file_goes_as_far_as_it_is_known(tmp_path: Path) -> None:
    """A node the file does not have parts the way there, and joins nothing across it."""
    town = [((77, 1, 2, 78, 3, 4, 79), STREET), ((2, 3), STREET)]
    found = loaded(tmp_path, a_town(tmp_path / "a.osm.pbf", town))
    assert list(zip(found.start, found.end, strict=True)) == [(0, 1), (1, 2), (2, 3)]


def test_the_same_file_gives_the_same_digest(tmp_path: Path) -> None:
    """Two loads are one data set; another file changes the digest of all."""
    none = streets.digest(tmp_path)
    town = a_town(tmp_path / "a.osm.pbf")
    assert streets.load(tmp_path, town, "a", TODAY) == streets.load(tmp_path, town, "a", TODAY)
    one = streets.digest(tmp_path)
    streets.load(tmp_path, a_town(tmp_path / "b.osm.pbf", [((1, 2), STREET)]), "b", TODAY)
    assert len({none, one, streets.digest(tmp_path)}) == 3
    assert [found.name for found in streets.current(tmp_path)] == ["a", "b"]
    assert streets.current(tmp_path)[0] is streets.current(tmp_path)[0]


def test_progress_is_told(tmp_path: Path) -> None:
    """Every step in its turn, to the end."""
    told: list[tuple[str, float]] = []
    town = a_town(tmp_path / "a.osm.pbf")
    streets.load(tmp_path, town, "a", TODAY, watch=lambda *one: told.append(one))
    assert [step for step, _ in told] == ["reading", "joining", "keeping", "keeping"]
    assert told == sorted(told, key=lambda one: one[1]) and told[-1][1] == 1


def test_bad_files_are_named_and_the_old_network_stays(tmp_path: Path) -> None:
    """No file, no PBF, a cut one, one without streets, one abroad, a name that is none."""
    good = a_town(tmp_path / "good.osm.pbf")
    before = loaded(tmp_path, good)
    cut, plain = tmp_path / "cut.osm.pbf", tmp_path / "plain.pbf"
    cut.write_bytes(good.read_bytes()[:-40])
    plain.write_text("to nie jest mapa", encoding="utf-8")
    berlin = {1: (52.52, 13.40), 2: (52.52, 13.41)}
    rivers = [((1, 2), {"waterway": "river"}), ((2, 3), {"highway": "motorway"})]
    assert code_of(tmp_path, tmp_path / "none.osm.pbf") == "no_file"
    assert code_of(tmp_path, tmp_path) == "no_file"
    assert code_of(tmp_path, plain) == "not_pbf"
    assert code_of(tmp_path, cut) == "pbf_broken"
    assert code_of(tmp_path, a_town(tmp_path / "a.osm.pbf", rivers)) == "no_streets"
    assert code_of(tmp_path, a_town(tmp_path / "b.osm.pbf", [((7, 8), STREET)])) == "no_streets"
    assert code_of(tmp_path, a_town(tmp_path / "c.osm.pbf", [((1, 2), STREET)], berlin)) == (
        "streets_abroad"
    )
    assert code_of(tmp_path, good, "../x") == "set_name"
    [now] = streets.current(tmp_path)
    assert now is before


def test_a_full_disk_leaves_the_old_network_in_use(tmp_path: Path) -> None:
    """Here a limit on the size of files stands for the disk."""
    import resource
    import signal

    before = loaded(tmp_path, a_town(tmp_path / "a.osm.pbf"))
    other = a_town(tmp_path / "b.osm.pbf", [((1, 2), STREET)])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        # The lines that osmium writes into memory must fit; the arrays and the words about them
        # do not.
        resource.setrlimit(resource.RLIMIT_FSIZE, (160, limits[1]))
        with pytest.raises(OSError, match="File too large"):
            streets.load(tmp_path, other, "town", TODAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    [now] = streets.current(tmp_path)
    assert np.array_equal(now.x, before.x)


@pytest.fixture(scope="module")
def gdansk(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """The real streets of Gdańsk's middle."""
    if not GDANSK.exists():
        pytest.skip("streets of Gdańsk are not at hand")
    return loaded(tmp_path_factory.mktemp("gdansk"), GDANSK, "gdansk")


def some_places(network: Network) -> paths.Sources:
    chance = np.random.default_rng(7)
    node = chance.choice(len(network.x), 74, replace=False)
    return paths.Sources(node, np.zeros(74), np.arange(74))


def test_gdansk_has_the_streets_that_another_counted(gdansk: Network) -> None:
    """Somebody else's foot graph of the same file has 174,227 nodes, 201,277 streets, 2,782 km,
    98.8% in one part; ours lets nobody along cycleways without `foot`, or through closed gates."""
    more = gdansk.about.more
    assert more["nodes_kept"] == pytest.approx(0.988, abs=0.005)
    assert len(gdansk.x) / more["nodes_kept"] == pytest.approx(174_227, rel=0.03)
    assert len(gdansk.start) == pytest.approx(201_277, rel=0.03)
    assert gdansk.length.sum() / 1000 == pytest.approx(2_782, rel=0.04)


def test_every_number_of_gdansk_is_as_osmium_tells_it_node_by_node(gdansk: Network) -> None:
    """The lines read at once hold what the slow way holds."""
    import osmium

    from places.coverage import walking

    seen: dict[int, tuple[float, float]] = {}
    for way in osmium.FileProcessor(str(GDANSK)).with_locations():
        if way.is_way() and walking.may_walk(dict(way.tags)):
            seen |= {one.ref: (one.lat, one.lon) for one in way.nodes}
    found = ways.read(GDANSK)
    real = found.node != 0
    told = dict(
        zip(
            found.node[real].tolist(),
            zip(found.lat[real].tolist(), found.lon[real].tolist(), strict=True),
            strict=True,
        )
    )
    assert set(told) == set(seen)
    assert all(told[one] == pytest.approx(seen[one], abs=1e-9) for one in list(seen)[::37])


def test_in_gdansk_no_walk_is_shorter_than_the_straight_line(gdansk: Network) -> None:
    """For every node, to the place it goes to."""
    sources = some_places(gdansk)
    walked, label = paths.nearest(gdansk.cost(WALKERS["adult"]), sources)
    assert np.isfinite(walked).all()
    goal = sources.node[label[0]]
    straight = np.hypot(gdansk.x - gdansk.x[goal], gdansk.y - gdansk.y[goal])
    assert (walked[0] >= straight - 0.02).all()


def test_in_gdansk_scipy_finds_the_same_distances(gdansk: Network) -> None:
    """The three nearest of 74, against a plain search from each of them."""
    cost, sources = gdansk.cost(WALKERS["older"]), some_places(gdansk)
    found, _ = paths.nearest(cost, sources, 3)
    exact = np.sort(np.array([dijkstra(cost, indices=one) for one in sources.node]), axis=0)
    assert np.allclose(found, exact[:3])


def middle_of(network: Network) -> Network:
    """Around its middle, in whole millimetres: pandana takes twenty seconds for the whole."""
    x, y = network.x - np.median(network.x), network.y - np.median(network.y)
    near = np.hypot(x, y) < 1_200
    inside = near[network.start] & near[network.end]
    number = np.cumsum(near) - 1
    return replace(
        network, x=network.x[near], y=network.y[near], start=number[network.start[inside]],
        end=number[network.end[inside]], length=np.round(network.length[inside].astype(float), 3),
        steps=np.zeros(inside.sum(), bool),
    )  # fmt: skip


def test_in_gdansk_pandana_finds_the_same_distances(gdansk: Network) -> None:
    """The three nearest, against a library that contracts the network first; it cuts each street
    to whole millimetres and keeps single precision."""
    found_in = middle_of(gdansk)
    sources = some_places(found_in)
    x, y = found_in.x[sources.node], found_in.y[sources.node]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Its pandas is older than ours.
        import pandana
        import pandas

        theirs = pandana.Network(
            *map(pandas.Series, (found_in.x, found_in.y, found_in.start, found_in.end)),
            pandas.DataFrame({"metres": found_in.length + 1e-4}),
        )
        theirs.set_pois("places", 20_000, 3, pandas.Series(x), pandas.Series(y))
        near = theirs.nearest_pois(20_000, "places", num_pois=3).to_numpy().T
    found, _ = paths.nearest(found_in.cost(WALKERS["adult"]), sources, 3, 19_000)
    assert np.isfinite(found).any(axis=0).mean() > 0.9
    reached = np.isfinite(found)
    assert np.allclose(found[reached], near[reached], rtol=1e-6, atol=1e-3)
    assert (near[~reached] > 19_000).all()


def test_what_is_removed_is_in_use_no_more(tmp_path: Path) -> None:
    """Nor does it count in the digest."""
    none = streets.digest(tmp_path)
    loaded(tmp_path, a_town(tmp_path / "a.osm.pbf"))
    assert kept.remove(tmp_path, "streets", "town")
    assert streets.current(tmp_path) == () and streets.digest(tmp_path) == none


def test_a_network_that_lost_a_part_is_named(tmp_path: Path) -> None:
    """Half of one is none."""
    done = streets.load(tmp_path, a_town(tmp_path / "town.osm.pbf"), "town", date(2026, 3, 11))
    (done.folder / "steps.npy").unlink()
    with pytest.raises(Unavailable, match="steps"):
        streets.current(tmp_path)
