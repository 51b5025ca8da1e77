"""make_hostile.py FOLDER: writes files that hurt readers. Each name says what it is; nothing here is
committed as a file, so that every byte can be read as source."""
import base64
import io
import os
import pathlib
import struct
import sys
import zipfile
import zlib

OUT = pathlib.Path(sys.argv[1])
TITLE = "示例市青禾区统计局2024年政府信息公开工作年度报告"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
         'content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
         'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
         'officedocument.wordprocessingml.document.main+xml"/></Types>')
RELS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        '</Relationships>')


def put(name, data):
    (OUT / name).write_bytes(data.encode() if isinstance(data, str) else data)


def docx(name, body, prolog="", extra=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", TYPES)
        z.writestr("_rels/.rels", RELS)
        z.writestr("word/document.xml", '<?xml version="1.0" encoding="UTF-8"?>' + prolog +
                   f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        for member, data in extra:
            z.writestr(member, data)
    put(name, out.getvalue())


def para(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(objects, trailer=""):
    out = b"%PDF-1.4\n"
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body if isinstance(body, bytes) else body.encode())
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + (f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n"
                  f"startxref\n{at}\n%%EOF\n").encode()


def stream(data, entries=""):
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def compound(names):
    """A compound file (OLE) with small streams of these names, all empty."""
    def entry(name, kind, child=0xFFFFFFFF, right=0xFFFFFFFF):
        wide = (name + "\0").encode("utf-16-le")
        return (wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, 0xFFFFFFFF, right,
                child) + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0))
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
            + bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
            + struct.pack("<I", 0) + b"\xff" * 432)
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    entries = [entry("Root Entry", 5, child=1)]
    for i, name in enumerate(names):
        entries.append(entry(name, 2, right=i + 2 if i + 1 < len(names) else 0xFFFFFFFF))
    return head + fat + b"".join(entries).ljust(512, b"\0")


def plain():
    put("empty.txt", b"")
    put("empty.docx", b"")
    put("blank.txt", " \n\t\n　\n" * 50)
    put("zeros.txt", bytes(1 << 20))
    put("noise.txt", bytes((i * 7919 + (i >> 3) * 104729) & 0xFF for i in range(200000)))
    put("cut-utf8.txt", TITLE.encode()[:-1] + b"\xe5\xb9" * 2000)
    put("odd-utf16.txt", b"\xff\xfe" + TITLE.encode("utf-16-le") + b"\x00")
    put("one-line.txt", TITLE + "一、总体情况" + "公开信息1条，" * 400000)
    put("many-lines.txt", TITLE + "\n" + "一\n" * 1500000)
    put("tabs.txt", TITLE + "\n" + ("\t0" * 3000 + "\n\n") * 300)
    put("pipes.txt", TITLE + "\n" + "|" * 2000000)
    put("pipe-rows.txt", TITLE + "\n" + "|0|0|\n|---|---|\n" * 300000)
    put("quotes.txt", TITLE + "\n" + '"a\t\n' * 500000)
    put("marks.txt", TITLE + "\n# x\n" + "**a *b ![c [d](" * 200000)
    put("tables.md", TITLE + "\n# x\n" + "<table><tr><td>1<td>2</table>\n" * 100000)
    put("titles.txt", (TITLE + "\n一、总体情况\n无\n") * 60000)
    put("long-line.txt", TITLE + "公" * (8 << 20))
    put("too-long.txt", TITLE + "公" * (12 << 20))
    put("numbers.txt", TITLE + "\n一、总体情况\n" + "，".join(f"收到申请{i}件" for i in range(60000)))
    with open(OUT / "huge.txt", "wb") as f:
        f.truncate(3 << 30)
    put("not-a-report.txt", "会议通知\n\n定于下周一召开会议，请按时参加。\n")
    put("letter.html", "<html><body><p>会议通知</p></body></html>")
    put("older-2015.txt", "示例市青禾区统计局2015年政府信息公开工作年度报告\n\n本报告所列数据的统计期限为2015年1月1日至"
        "2015年12月31日。\n\n一、概述\n\n全年主动公开政府信息41条。\n\n二、主动公开政府信息情况\n\n无。\n\n三、依申请公开情况\n\n全年收到申请2件。\n")


def pictures_and_kinds():
    dot = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
    put("picture.docx", dot)
    put("picture.png", dot)
    put("program.pdf", b"\x7fELF\x02\x01\x01" + bytes(4096))
    put("archive.docx", zipped({"a.txt": b"x"}))
    put("old-word.doc", compound(["WordDocument"]))
    put("encrypted.docx", compound(["EncryptionInfo", "EncryptedPackage"]))
    put("wrong.json", '{"schema":"gongkai-report/2"}')
    put("list.json", "[1,2,3]")
    put("cut.json", '{"schema":"gongkai-report/1","body":"')
    put("deep.json", "[" * 500000)
    put("numbers.json", '{"schema":"gongkai-report/1","year":' + "9" * 1000000 + "}")
    put("keys.json", "{" + ",".join(f'"k{i}":1' for i in range(400000)) + "}")
    put("sections.json", '{"schema":"gongkai-report/1","year":2024,"sections":[' + ",".join(
        '{"no":1,"heading":"x","text":"a"}' for i in range(50000)) + "]}")
    put("many.json", '{"schema":"gongkai-report/1","printed":{' + ",".join(
        f'"table3.new.natural{i}":"/"' for i in range(300000)) + "}}")


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, data in members.items():
            z.writestr(name, data)
    return out.getvalue()


def bombs():
    spaces = " " * (120 << 20)
    docx("zip-bomb.docx", para(TITLE) + spaces)
    del spaces
    docx("many-members.docx", para(TITLE), extra=((f"m/{i}", b"") for i in range(60000)))
    laughs = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(12))
    prolog = f'<!DOCTYPE w:document [<!ENTITY l0 "哈">{laughs}]>'
    docx("entity-bomb.docx", para("&l12;"), prolog)
    docx("outside-entity.docx", para(TITLE) + para("&x;"),
         '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    docx("deep.docx", "<w:tbl><w:tr><w:tc>" * 30000 + para("1") + "</w:tc></w:tr></w:tbl>" * 30000)
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/><w:vMerge w:val="restart"/></w:tcPr>' + para("1") + "</w:tc>"
    docx("absurd-span.docx", para(TITLE) + f"<w:tbl>{('<w:tr>' + cell * 3 + '</w:tr>') * 3}</w:tbl>")
    docx("unclosed.docx", "<w:p><w:r><w:t>")
    whole = zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml":
                    f"<w:document {WORD}><w:body>{para(TITLE)}</w:body></w:document>"})
    put("cut.docx", whole[:len(whole) // 2])
    put("bad-sum.docx", whole.replace(b"PK\x03\x04", b"PK\x03\x04", 1)[:60] + b"\xff" * 20 + whole[80:])
    put("lying-sizes.docx", lying(whole))


def raw_zip(members, count=None):
    """A zip whose headers say what they are told: of each member (name, bytes, what differs)."""
    out, directory = b"", b""
    for name, data, other in members:
        size = other.get("size", len(data))
        how = struct.pack("<HHHHI", other.get("flags", 0), other.get("method", 0), 0, 0x21, zlib.crc32(data))
        place = other.get("place", len(out))
        inner, extra = other.get("inner", name), other.get("extra", b"")
        out += b"PK\x03\x04" + struct.pack("<H", 20) + how + struct.pack("<IIHH", len(data), size, len(inner), 0) + inner + data
        directory += (b"PK\x01\x02" + struct.pack("<HH", 20, 20) + how + struct.pack("<IIHHHHHII",
            other.get("packed", len(data)), size, len(name), len(extra), 0, 0, 0, 0, place) + name + extra)
    n = len(members) if count is None else count
    return out + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, n, n, len(directory), len(out), 0)


def zips():
    types, rels = (b"[Content_Types].xml", TYPES.encode(), {}), (b"_rels/.rels", RELS.encode(), {})
    name, body = b"word/document.xml", f"<w:document {WORD}><w:body>{para(TITLE)}</w:body></w:document>".encode()

    def one(file, count=None, more=(), **other):
        put(file, raw_zip([types, rels, (name, body, other), *more], count))
    one("zip-twice.docx", more=[(name, body.replace(b"2024", b"2023"), {})])
    one("zip-two-names.docx", inner=b"word/another.xml")
    one("zip-short.docx", size=10)
    one("zip-long.docx", packed=1 << 30)
    one("zip-nowhere.docx", place=0xFFFFFFF0)
    one("zip-count.docx", count=65535)
    one("zip-64.docx", size=0xFFFFFFFF, packed=0xFFFFFFFF, extra=struct.pack("<HHQQ", 1, 16, 1 << 62, 1 << 62))
    one("zip-locked.docx", flags=1)
    one("zip-method.docx", method=99)
    one("zip-above.docx", more=[(b"../../../../etc/passwd", b"x", {})])
    one("zip-overlap.docx", more=[(b"m/%d" % i, b"", {"place": 0}) for i in range(1000)])
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    put("zip-liar.docx", raw_zip([types, rels, (name, packer.compress(bytes(60 << 20)) + packer.flush(),
        {"method": 8, "size": 1000})]))
    put("zip-nested.docx", zipped({f"{i}.zip": zipped({"a": bytes(1 << 20)}) for i in range(16)}))


def markup():
    def stored(file, body, prolog="", more=()):
        put(file, zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": prolog +
            f"<w:document {WORD}><w:body>{para(TITLE)}{body}</w:body></w:document>", **dict(more)}, zipfile.ZIP_STORED))
    run, rels = "<w:r><w:t>x</w:t></w:r>", RELS[:RELS.index("<Relationship Id")]
    stored("xml-attributes.docx", "<w:p " + " ".join(f'a{i}="{i}"' for i in range(100000)) + "/>")
    stored("xml-spaces.docx", "<w:p " + " ".join(f'xmlns:a{i}="{i}"' for i in range(100000)) + "/>")
    stored("xml-names.docx", "".join(f"<x{i}/>" for i in range(300000)))
    stored("xml-remarks.docx", "<!-- x --><?x y?>" * 500000)
    stored("xml-text.docx", para("x" * (12 << 20)))
    stored("xml-hidden-doctype.docx", para("&x;"), '<!-- <a --><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    stored("xml-charset.docx", "", '<?xml version="1.0" encoding="UTF-7"?>')
    stored("runs.docx", "<w:p>" + run * 300000 + "</w:p>")
    stored("rows.docx", "<w:tbl>" + f"<w:tr><w:tc>{para(1)}</w:tc></w:tr>" * 60000 + "</w:tbl>")
    stored("columns.docx", "<w:tbl><w:tr>" + f"<w:tc>{para(1)}</w:tc>" * 60000 + "</w:tr></w:tbl>")
    stored("boxes.docx", "<w:p>" + f"<w:r><w:pict><w:txbxContent>{para(1)}</w:txbxContent></w:pict></w:r>" * 60000 + "</w:p>")
    stored("lists.docx", "".join(f'<w:p><w:pPr><w:numPr><w:numId w:val="{i % 4900}"/></w:numPr></w:pPr></w:p>'
        for i in range(60000)), more={"word/_rels/document.xml.rels": rels + '<Relationship Id="n" Type="x/numbering" '
        'Target="numbering.xml"/></Relationships>', "word/numbering.xml": f"<w:numbering {WORD}>" + "".join(
        f'<w:abstractNum w:abstractNumId="{i}"/><w:num w:numId="{i}"><w:abstractNumId w:val="{i}"/></w:num>'
        for i in range(4900)) + "</w:numbering>"}.items())
    stored("path.docx", "", more={"word/_rels/document.xml.rels": rels + '<Relationship Id="n" Type="x" Target="' +
        "a/" * 500000 + "../" * 500000 + '"/></Relationships>'}.items())


def lying(whole):
    """The directory says that each member is 4 GB long."""
    out = bytearray(whole)
    at = out.find(b"PK\x01\x02")
    while at >= 0:
        out[at + 24:at + 28] = b"\xfe\xff\xff\xff"
        at = out.find(b"PK\x01\x02", at + 1)
    return bytes(out)


def pages():
    put("deep.html", "<html><body>" + "<div>" * 300000 + TITLE)
    put("deep-tables.html", "<table><tr><td>" * 20000 + TITLE)
    put("absurd-span.html", f"<h1>{TITLE}</h1><table>" +
        '<tr><td rowspan="1000000000" colspan="1000000000">1</td><td rowspan=-5 colspan=0>2</td></tr>' * 200 + "</table>")
    put("wide-spans.html", f"<h1>{TITLE}</h1><table>" + ("<tr>" + '<td colspan="1000" rowspan="65534">1</td>' * 100 + "</tr>") * 100 + "</table>")
    put("many-cells.html", f"<h1>{TITLE}</h1><table>" + ("<tr>" + "<td>0</td>" * 200 + "</tr>") * 6000 + "</table>")
    put("many-tables.html", f"<h1>{TITLE}</h1>" + "<table><tr><td>一、本年新收</td><td>0</td></tr></table>" * 20000)
    put("cut.html", f"<html><body><h1>{TITLE}</h1><table><tr><td>一、本年新收政府信息公开申请数量</td><td")
    put("entities.html", f"<h1>{TITLE}</h1><p>" + "&#x110000;&#0;&nbsp;&bogus;" * 50000)
    put("attributes.html", "<p " + " ".join(f'a{i}="{i}"' for i in range(200000)) + ">" + TITLE)
    put("attributes-many.html", "<html>" + ("<p " + " ".join(f"a{i}" for i in range(2000)) + ">1</p>") * 200)
    put("names.html", "<html>" + "".join(f"<x{i}></x{i}>" for i in range(200000)) + TITLE)
    put("unclosed.html", "<html>" + "<b>" * 500000 + TITLE)
    put("strangers-closed.html", "<html>" + "<div>" * 400 + "</b></i>" * 200000 + TITLE)
    put("comments.html", f"<html><p>{TITLE}" + "<!---->" * 500000 + "<!--" * 500000)
    put("long-comment.html", f"<html><p>{TITLE}<!--" + "x-" * (6 << 20))
    put("long-value.html", "<html><p title='" + "<p>" * (4 << 20) + f"'>{TITLE}")
    put("long-name.html", "<html><" + "a" * (12 << 20) + f">{TITLE}")
    put("long-text.html", f"<html><p>{TITLE}" + "字" * (4 << 20))
    put("tables-open.html", "<html>" + "<table>" * 500000 + TITLE)
    put("tables-tiny.html", f"<html><p>{TITLE}" + "<table><tr><td>1</td><td>2</td></tr></table>" * 200000)
    put("lists-deep.html", "<html>" + "<ul><li>" * 300000 + TITLE)
    put("script-open.html", f"<html><h1>{TITLE}</h1>" + "<script></" * 500000)
    put("wrong-charset.html", ('<meta charset="utf-8">' + f"<h1>{TITLE}</h1>").encode("gb18030"))


def pdfs():
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>"
    picture = zlib.compress(bytes(100 * 13))
    put("scan.pdf", pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page,
        stream(b"q 595 0 0 842 0 0 cm /I Do Q"),
        stream(picture, "/Type /XObject /Subtype /Image /Width 100 /Height 100 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /FlateDecode")]))
    put("cyclic.pdf", pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 /Parent 2 0 R >>"]))
    secret = "<" + "41" * 32 + ">"
    put("encrypted.pdf", pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page, stream(b""), stream(picture), f"<< /Filter /Standard /V 1 /R 2 /O {secret} /U {secret} /P -4 >>"],
        f"/Encrypt 6 0 R /ID [<00><00>]"))
    put("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Cat")
    bomb = zlib.compress(b"0 0 m " * (30 << 20), 9)
    put("stream-bomb.pdf", pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page,
        stream(bomb, "/Filter /FlateDecode"), stream(picture)]))


def sheets():
    types = TYPES.replace("/word/document.xml", "/xl/workbook.xml").replace(
        "wordprocessingml.document.main", "spreadsheetml.sheet.main")
    rels = RELS.replace("word/document.xml", "xl/workbook.xml")
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    book = (f'<workbook {ns} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="a" sheetId="1" r:id="s1"/></sheets></workbook>')
    links = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
             'Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
             'Target="sheet1.xml"/></Relationships>')
    rows = ('<row r="4294967295"><c r="XFD1048576"><v>1</v></c><c r="ZZZZZZZZ99999999999"><v>2</v></c></row>'
            '<row r="-1"><c r="A-1"><v>3</v></c><c t="s"><v>999999999</v></c></row>')

    def sheet(file, cells, merges):
        put(file, zipped({"[Content_Types].xml": types, "_rels/.rels": rels, "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": links, "xl/sheet1.xml": f'<worksheet {ns}><dimension ref="A1:XFD1048576"/>'
            f"<sheetData>{cells}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"}, zipfile.ZIP_STORED))
    sheet("absurd-sheet.xlsx", rows, '<mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:A1"/>')
    sheet("merges.xlsx", "".join(f'<row r="{r}">{"<c><v>1</v></c>" * 50}</row>' for r in range(1, 1001)),
          "".join(f'<mergeCell ref="{chr(65 + i % 26)}{i % 1000 + 1}:CV2000"/>' for i in range(100000)))
    sheet("far.xlsx", "".join(f'<row r="{i * 50}"><c r="A{i * 50}"><v>1</v></c><c r="XFD{i * 50}"><v>1</v></c></row>'
                              for i in range(1, 20000)), "")
    sheet("rows.xlsx", "<row><c><v>1</v></c></row>" * 500000, "")
    put("cyclic.ofd", zipped({"OFD.xml": '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocRoot>OFD.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"}))


os.makedirs(OUT, exist_ok=True)
for make in (plain, pictures_and_kinds, bombs, zips, markup, pages, pdfs, sheets):
    make()
