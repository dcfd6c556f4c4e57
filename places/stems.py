"""What is left of a Polish word without its ending, for words that no dictionary has.

Only letters are looked at, so it errs both ways; it serves new words ("planszówkami"), small
places ("w Szczepinie") and words with a typing error, where the alternative is nothing.
"""

import re

_SHORTEST = 4
"""Letters a stem keeps at least: "GOK" and "klub" have no ending to lose."""
_ENDINGS = re.compile(
    "(iami|owie|iego|iemu|ami|ach|iom|ego|emu|iej|ymi|imi|ych|ich|owi|iow|iem|iach"
    "|om|ow|em|ej|ie|iu|ia|io|ym|im|a|e|i|o|u|y)$"
)
# The same stem before different endings: "-ka, -ce, -ek", "-ga, -dze", "-ra, -rze".
_SAME_SOUND = (("dz", "g"), ("c", "k"), ("rz", "r"), ("sz", "s"), ("ek", "k"))


def stem(folded: str) -> str:
    """The stem of a folded word: "planszowkami", "planszowce" and "planszowek" share one."""
    found = _ENDINGS.search(folded, _SHORTEST)
    bare = folded[: found.start()] if found else folded
    for last, same in _SAME_SOUND:
        if bare.endswith(last) and len(bare) - len(last) + len(same) >= _SHORTEST:
            bare = bare.removesuffix(last) + same
    return bare
