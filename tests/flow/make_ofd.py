"""make_ofd.py BBOX.xhtml OUT.ofd: an OFD file whose words stand where `pdftotext -bbox-layout` saw
them in a PDF: GB/T 33190 with one text object a word."""
import html
import re
import sys
import zipfile

MM = 25.4 / 72
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def page_xml(width, height, body, first_id):
    objects = []
    for n, word in enumerate(WORD.finditer(body)):
        x0, y0, x1, y1 = (float(v) * MM for v in word.groups()[:4])
        text = html.unescape(word.group(5))
        size = y1 - y0
        step = (x1 - x0) / len(text)
        deltas = f' DeltaX="g {len(text) - 1} {step:.3f}"' if len(text) > 1 else ""
        objects.append(
            f'<ofd:TextObject ID="{first_id + n}" Boundary="{x0:.3f} {y0:.3f} {x1 - x0:.3f} {size:.3f}" '
            f'Font="2" Size="{size * 0.8:.3f}"><ofd:TextCode X="0" Y="{size * 0.8:.3f}"{deltas}>'
            f"{html.escape(text, quote=False)}</ofd:TextCode></ofd:TextObject>")
    return (f'{HEAD}<ofd:Page {NS}><ofd:Area><ofd:PhysicalBox>0 0 {float(width) * MM:.3f} '
            f'{float(height) * MM:.3f}</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID="{first_id + 90000}">'
            + "".join(objects) + "</ofd:Layer></ofd:Content></ofd:Page>")


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        pages = PAGE.findall(f.read())
    listed = "".join(f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("OFD.xml", f'{HEAD}<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
                   "<ofd:DocID>0</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
                   "</ofd:DocBody></ofd:OFD>")
        z.writestr("Doc_0/Document.xml", f"{HEAD}<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>999999"
                   "</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
                   f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>")
        for n, (width, height, body) in enumerate(pages):
            z.writestr(f"Doc_0/Pages/Page_{n}/Content.xml", page_xml(width, height, body, (n + 1) * 100000))


main()
