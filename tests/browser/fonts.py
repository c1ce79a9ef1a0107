"""The only fonts that the browser of the tests sees, so that a text is as wide on every machine.

DejaVu comes with matplotlib, and few fonts are wider: what has room in it has room in others. It has no Japanese, so
kana, Han and full-width characters are boxes, as wide as they are in every font.
"""

import shutil
from pathlib import Path

import matplotlib
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

DEJAVU = Path(matplotlib.get_data_path(), "fonts/ttf")
FULL_WIDTH = (range(0x3000, 0x3100), range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xFF01, 0xFF61))
EM = 1000


def write_fonts(folder):
    """Writes the fonts and a fontconfig file that knows no others; returns the path of the latter."""
    _boxes().save(folder / "boxes.ttf")
    for file in DEJAVU.glob("DejaVuSans*.ttf"):
        shutil.copy(file, folder)
    config = folder / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>", "utf-8")
    return config


def _boxes():
    shapes = [".notdef", "box"]
    font = FontBuilder(EM)
    font.setupGlyphOrder(shapes)
    font.font["cmap"] = _characters("box")
    font.setupGlyf({shape: _box() for shape in shapes})
    font.setupHorizontalMetrics(dict.fromkeys(shapes, (EM, 50)))
    font.setupHorizontalHeader(ascent=900, descent=-300)
    font.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=900, sTypoDescender=-300, usWinAscent=900, usWinDescent=300)
    font.setupPost()
    return font


def _box():
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in [(50, 800), (EM - 50, 800), (EM - 50, 0)]:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def _characters(shape):
    """Format 12: the usual one, 4, has no room for so many characters of one shape."""
    full = CmapSubtable.newSubtable(12)
    full.platformID, full.platEncID, full.language = 3, 10, 0
    full.cmap = {code: shape for span in FULL_WIDTH for code in span}
    table = newTable("cmap")
    table.tableVersion, table.tables = 0, [full]
    return table
