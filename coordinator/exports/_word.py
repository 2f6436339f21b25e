"""What python-docx has no call for: fields, bookmarks, borders, repeated heads, numbering that starts again."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor

INK = "1F2933"
MUTED = "52606D"
LINE = "D9DEE4"
ACCENT = "12507B"
RUST = "8A3B12"
# border and background of each callout, as in plan.html
TONES = {
    "good": ("3F6124", "F5F7F9"),
    "note": (ACCENT, "F5F7F9"),
    "warning": (RUST, "FDF3EC"),
    "decision": ("5B4480", "F5F7F9"),
}


def element(tag: str, **attributes: str) -> Any:
    """A WordprocessingML element `w:tag` with `w:` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def prepare(document: Any) -> None:
    """Our look on the default template: Letter page, text styles, one style a callout tone."""
    section = document.sections[0]
    section.left_margin = section.right_margin = Emu(int(0.95 * 914400))
    section.top_margin = section.bottom_margin = Emu(int(0.95 * 914400))
    styles = document.styles
    _font(styles["Normal"], "Calibri", 10.5, INK)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, size, before, colour in (
        ("Title", 22, 0, INK),
        ("Subtitle", 13, 0, MUTED),
        ("Heading 1", 17, 22, INK),
        ("Heading 2", 13, 14, ACCENT),
        ("Heading 3", 11, 10, INK),
        ("Caption", 9.5, 8, MUTED),
        ("List Bullet", 10.5, 0, INK),
        ("List Number", 10.5, 0, INK),
    ):
        style = styles[name]
        _font(style, "Georgia" if name.startswith(("Title", "Heading")) else "Calibri", size, colour)
        style.font.italic = False
        for spacing in style.element.findall(f".//{qn('w:rPr')}/{qn('w:spacing')}"):  # and spreads their letters
            spacing.getparent().remove(spacing)
        style.font.bold = name.startswith(("Heading", "Caption"))
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(3 if name.startswith("List") else 6)
        for border in style.element.findall(f".//{qn('w:pBdr')}"):  # the template underlines titles
            border.getparent().remove(border)
    for name in ("List Bullet", "List Number"):  # room for numbers of two digits
        styles[name].paragraph_format.left_indent = Pt(22)
        styles[name].paragraph_format.first_line_indent = Pt(-22)
        styles[name].paragraph_format.tab_stops.add_tab_stop(Pt(22))
    muted = styles.add_style("Plan Small", WD_STYLE_TYPE.PARAGRAPH)
    muted.base_style = styles["Normal"]
    _font(muted, "Calibri", 9, MUTED)
    for tone, (border, fill) in TONES.items():
        style = styles.add_style(f"Plan {tone.capitalize()}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.paragraph_format.left_indent = Pt(10)
        style.paragraph_format.keep_together = True
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        properties = style.element.get_or_add_pPr()
        box = element("pBdr")
        box.append(element("left", val="single", sz="24", space="8", color=border))
        _insert(properties, box, "pBdr")
        _insert(properties, element("shd", val="clear", color="auto", fill=fill), "shd")


# The schema's order of these children of pPr; Word refuses a file that breaks it.
_ORDER: tuple[str, ...] = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr")
_ORDER += ("suppressLineNumbers", "pBdr", "shd", "tabs")


def _insert(properties: Any, child: Any, name: str) -> None:
    before = {qn(f"w:{tag}") for tag in _ORDER[: _ORDER.index(name)]}
    properties.insert(sum(existing.tag in before for existing in properties), child)


def _font(style: Any, name: str, size: float, colour: str) -> None:
    style.font.name, style.font.size = name, Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme font would win over the name
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), name)


def field(paragraph: Any, code: str, shown: str) -> None:
    """A field that Word keeps up to date, such as PAGE; `shown` is what it reads until then."""
    for child in (
        element("fldChar", fldCharType="begin"),
        code,
        element("fldChar", fldCharType="separate"),
        None,
        element("fldChar", fldCharType="end"),
    ):
        run = paragraph.add_run(shown if child is None else "")
        if isinstance(child, str):
            text = element("instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {child} "
            run._r.append(text)
        elif child is not None:
            run._r.append(child)


def bookmark(paragraph: Any, number: int) -> None:
    """Mark a heading so that the contents can link to it."""
    paragraph._p.insert(1, element("bookmarkStart", id=str(number), name=f"part{number}"))
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def link_to(paragraph: Any, number: int, text: str) -> None:
    """A link to bookmark `number` of this document."""
    link = element("hyperlink", anchor=f"part{number}", history="1")
    run = paragraph.add_run(text)
    run.font.color.rgb = RGBColor.from_string(ACCENT)
    link.append(run._r)
    paragraph._p.append(link)


def tab_right(paragraph: Any, width: int) -> None:
    """One tab stop, flush right at the text's edge."""
    paragraph.style = "Plan Small"  # the Header and Footer styles bring tab stops of their own
    paragraph.paragraph_format.tab_stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT)


def style_table(table: Any) -> None:
    """Thin rules between rows, a head that repeats on every page, rows that no page break cuts."""
    properties = table._tbl.tblPr
    borders = element("tblBorders")
    for side in ("top", "bottom", "insideH"):
        heavy = side == "top"
        borders.append(element(side, val="single", sz="8" if heavy else "4", space="0", color=INK if heavy else LINE))
    properties.append(borders)
    margins = element("tblCellMar")
    for side, width in (("top", "40"), ("left", "0"), ("bottom", "40"), ("right", "120")):
        margins.append(element(side, w=width, type="dxa"))
    properties.append(margins)
    for number, row in enumerate(table.rows):
        row_properties = row._tr.get_or_add_trPr()
        row_properties.append(element("cantSplit"))
        if number == 0:
            row_properties.append(element("tblHeader"))


def restart_numbering(document: Any, paragraphs: list[Any]) -> None:
    """Make these numbered paragraphs a list of their own that starts at one."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    used = style.pPr.numPr.numId.val
    abstract = next(num for num in numbering.num_lst if num.numId == used).abstractNumId.val
    num = numbering.add_num(abstract)
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    for paragraph in paragraphs:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = num.numId
