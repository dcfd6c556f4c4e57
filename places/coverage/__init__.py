"""Coverage: whom the places reach on foot, whom they leave out, where the next one should stand.

    ground      Poland as a plane of metres; hexagons.py: h3's cells
    terms       the assumptions, each with its number: paces, minutes, times of the week
    kept        what has been loaded, in `instance/coverage`: one folder a data set
    residents   where people live: census.py (the grid of GUS), own_file.py and units.py (files of
                one's own, checked); spread.py puts the people of a cell on the ground
    areas       voivodeships, powiats, gminas, districts by TERYT, and what lies in which:
                polygons.py, borders.py (files), prg.py (the register), voronoi.py (made up where
                nothing is loaded); contradictions.py: with the records
    streets     the walking network: walking.py (who may), ways.py (from a PBF), extracts.py
                (fetched); paths.py: the nearest places along it
    counted     which places count, surely or perhaps, and when they are open
    reach       how far everybody has to the nearest places
    measuring   all walks of a question; summing.py: by area; ranking.py: among peers;
                figures.py: what a report says of an area
    holes       hexagons where somebody is left out; gaps.py: gathered into gaps; naming.py
    survey      an answer about every area at once, in one file; surveying.py makes it
    sites       where next, exactly: thinning.py, bounding.py, solving.py; siting.py: in an area
    whatif      what one change does; changing.py: to whom, surely and perhaps; touched.py: by
                hexagon; effects.py: as shapes for a map; within.py: the residents of an area
    outlines    borders as maps draw them, kept for each set of areas
    told        a report for other programs
    asked       what a page is asked
    answers     what has been worked out, and kept; work.py: by a process of its own, once;
                worker.py: that process; making.py: what it does

Ranges are everywhere: what is known for sure is the low end, what may be so the high one.  A vague
position, unknown hours or a doubt whether a place exists widen the range; nothing unknown is
counted as "no", nor as "yes".
"""
