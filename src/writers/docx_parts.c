/* The parts of a DOCX that are the same in every document: styles, settings, fonts, footers.
 * All looks live here, as styles; document.xml carries words and table geometry only. */
#include "writers/docx_int.h"

/* Markup reads better in the lines that it is written in. */
/* clang-format off */

#define W_NS "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define R_NS "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define FONTS(east) \
	"<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"" east \
	"\" w:cs=\"Times New Roman\"/>"
/* figures in tables take the digits of the Chinese typeface, all half a character wide */
#define FONT_ALL(name)                                                                         \
	"<w:rFonts w:ascii=\"" name "\" w:hAnsi=\"" name "\" w:eastAsia=\"" name "\" w:cs=\"" name \
	"\"/>"
#define SIZE(half) "<w:sz w:val=\"" half "\"/><w:szCs w:val=\"" half "\"/>"
/* 15.75 pt a character: 28 fit in a line of 156 mm, as pages of GB/T 9704 have */
#define SPACING(twentieths) "<w:spacing w:val=\"" twentieths "\"/>"
#define PITCH "w:line=\"579\" w:lineRule=\"exact\"" /* 28.95 pt: 22 lines a page */
#define INDENT2 "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>"
#define STYLE(id, name, base, ppr, rpr)                                              \
	"<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"" id "\"><w:name w:val=\"" \
	name "\"/><w:basedOn w:val=\"" base "\"/><w:qFormat/><w:pPr>" ppr "</w:pPr>" rpr \
	"</w:style>"
#define BUILTIN(id, name, next, ppr, rpr)                                                       \
	"<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name              \
	"\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"" next "\"/><w:qFormat/><w:pPr>" ppr \
	"</w:pPr><w:rPr>" rpr "</w:rPr></w:style>"
#define BORDER(side) \
	"<w:" side " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
#define FONT(name, alt, family, charset)                                                      \
	"<w:font w:name=\"" name "\"><w:altName w:val=\"" alt "\"/><w:charset w:val=\"" charset \
	"\"/><w:family w:val=\"" family "\"/><w:pitch w:val=\"variable\"/></w:font>"

const char docx_styles[] = XML_HEAD
	"<w:styles " W_NS "><w:docDefaults><w:rPrDefault><w:rPr>" FONTS("仿宋_GB2312") SIZE("32")
	"<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
	"<w:pPrDefault><w:pPr><w:spacing " PITCH "/></w:pPr></w:pPrDefault></w:docDefaults>"
	"<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
	"<w:name w:val=\"Normal\"/>"
	"<w:qFormat/><w:pPr><w:widowControl w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/>"
	"<w:autoSpaceDN w:val=\"0\"/><w:jc w:val=\"both\"/></w:pPr>"
	"<w:rPr>" SPACING("-5") "</w:rPr></w:style>"
	"<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">"
	"<w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/>"
	"</w:style>"
	"<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">"
	"<w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr>"
	"<w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>"
	"<w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>"
	"<w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
	BUILTIN("Title", "Title", "GkBody", "<w:keepNext/><w:jc w:val=\"center\"/>",
		FONTS("方正小标宋简体") SPACING("0") SIZE("44"))
	BUILTIN("Heading1", "heading 1", "GkBody",
		"<w:keepNext/>" INDENT2 "<w:outlineLvl w:val=\"0\"/>", FONTS("黑体"))
	BUILTIN("Heading2", "heading 2", "GkBody",
		"<w:keepNext/>" INDENT2 "<w:outlineLvl w:val=\"1\"/>", FONTS("楷体_GB2312"))
	BUILTIN("Footer", "footer", "Footer",
		"<w:tabs><w:tab w:val=\"center\" w:pos=\"4422\"/>"
		"<w:tab w:val=\"right\" w:pos=\"8844\"/></w:tabs>"
		"<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"240\" w:lineRule=\"auto\"/>",
		FONTS("宋体") SPACING("0") SIZE("28"))
	STYLE("GkFooterOdd", "公文页码单页", "Footer",
	      "<w:ind w:rightChars=\"100\" w:right=\"280\"/><w:jc w:val=\"right\"/>", "")
	STYLE("GkFooterEven", "公文页码双页", "Footer",
	      "<w:ind w:leftChars=\"100\" w:left=\"280\"/><w:jc w:val=\"left\"/>", "")
	STYLE("GkBody", "公文正文", "Normal", INDENT2, "")
	STYLE("GkSign", "公文署名", "Normal",
	      "<w:keepNext/><w:spacing w:before=\"579\" " PITCH "/>"
	      "<w:ind w:rightChars=\"200\" w:right=\"640\"/><w:jc w:val=\"right\"/>", "")
	STYLE("GkDate", "公文成文日期", "Normal",
	      "<w:ind w:rightChars=\"200\" w:right=\"640\"/><w:jc w:val=\"right\"/>", "")
	STYLE("GkCaption", "公文表题", "Normal", "<w:keepNext/><w:jc w:val=\"center\"/>",
	      "<w:rPr>" FONTS("黑体") SIZE("24") "</w:rPr>")
	STYLE("GkNote", "公文注释", "Normal", "<w:spacing w:line=\"400\" w:lineRule=\"exact\"/>",
	      "<w:rPr>" SIZE("21") "</w:rPr>")
	STYLE("GkGap", "公文表后", "Normal",
	      "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"120\" w:lineRule=\"exact\"/>",
	      "<w:rPr>" SIZE("8") "</w:rPr>")
	STYLE("GkCell", "公文表格", "Normal",
	      "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"260\" w:lineRule=\"exact\"/>"
	      "<w:jc w:val=\"center\"/>",
	      "<w:rPr>" FONT_ALL("仿宋_GB2312") SPACING("0") SIZE("21") "</w:rPr>")
	STYLE("GkCellLeft", "公文表格左", "GkCell", "<w:jc w:val=\"left\"/>", "")
	STYLE("GkCellRight", "公文表格右", "GkCell", "<w:jc w:val=\"right\"/>", "")
	STYLE("GkWide", "公文宽表格", "GkCell", "<w:spacing w:line=\"320\" w:lineRule=\"exact\"/>",
	      "<w:rPr>" SIZE("24") "</w:rPr>")
	STYLE("GkWideLeft", "公文宽表格左", "GkWide", "<w:jc w:val=\"left\"/>", "")
	STYLE("GkWideRight", "公文宽表格右", "GkWide", "<w:jc w:val=\"right\"/>", "")
	"<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"GkTable\">"
	"<w:name w:val=\"公文表\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>"
	BORDER("top") BORDER("left") BORDER("bottom") BORDER("right") BORDER("insideH")
	BORDER("insideV") "</w:tblBorders><w:tblCellMar><w:top w:w=\"28\" w:type=\"dxa\"/>"
	"<w:left w:w=\"28\" w:type=\"dxa\"/><w:bottom w:w=\"28\" w:type=\"dxa\"/>"
	"<w:right w:w=\"28\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>";

const char docx_settings[] = XML_HEAD
	"<w:settings " W_NS "><w:defaultTabStop w:val=\"640\"/><w:evenAndOddHeaders/>"
	"<w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:compatSetting "
	"w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
	"w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>"
	"</w:settings>";

/* altName tells a machine without the typeface which of its own is the same design. */
const char docx_fonts[] = XML_HEAD
	"<w:fonts " W_NS ">" FONT("仿宋_GB2312", "仿宋", "modern", "86")
	FONT("楷体_GB2312", "楷体", "modern", "86") FONT("黑体", "SimHei", "modern", "86")
	FONT("方正小标宋简体", "宋体", "auto", "86") FONT("宋体", "SimSun", "auto", "86")
	FONT("Times New Roman", "Liberation Serif", "roman", "00") "</w:fonts>";

#define FOOTER(style)                                                                      \
	XML_HEAD "<w:ftr " W_NS "><w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr><w:r>"    \
	"<w:t xml:space=\"preserve\">— </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/>"   \
	"</w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r>"       \
	"<w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r>"            \
	"<w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t xml:space=\"preserve\"> —</w:t></w:r>" \
	"</w:p></w:ftr>"
const char docx_footer_odd[] = FOOTER("GkFooterOdd");
const char docx_footer_even[] = FOOTER("GkFooterEven");

#define TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define PART(path, kind) \
	"<Override PartName=\"" path "\" ContentType=\"" TYPE kind "+xml\"/>"
const char docx_types[] = XML_HEAD
	"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
	"<Default Extension=\"rels\" "
	"ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	PART("/word/document.xml", "document.main") PART("/word/styles.xml", "styles")
	PART("/word/settings.xml", "settings") PART("/word/fontTable.xml", "fontTable")
	PART("/word/footer1.xml", "footer") PART("/word/footer2.xml", "footer")
	"<Override PartName=\"/docProps/core.xml\" "
	"ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELS \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define RELATION(id, kind, target) \
	"<Relationship Id=\"" id "\" Type=\"" kind "\" Target=\"" target "\"/>"
const char docx_rels[] = XML_HEAD RELS RELATION("rId1", REL "officeDocument", "word/document.xml")
	RELATION("rId2",
		 "http://schemas.openxmlformats.org/package/2006/relationships/"
		 "metadata/core-properties",
		 "docProps/core.xml") "</Relationships>";
const char docx_document_rels[] = XML_HEAD RELS RELATION("rId1", REL "styles", "styles.xml")
	RELATION("rId2", REL "settings", "settings.xml")
	RELATION("rId3", REL "fontTable", "fontTable.xml")
	RELATION("rId4", REL "footer", "footer1.xml")
	RELATION("rId5", REL "footer", "footer2.xml") "</Relationships>";

const char docx_document_begin[] = XML_HEAD "<w:document " W_NS " " R_NS "><w:body>\n";
/* A4, margins of GB/T 9704 (top 37, right 26, bottom 35, left 28 mm), 28 characters a line. */
const char docx_document_end[] =
	"<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>"
	"<w:footerReference w:type=\"even\" r:id=\"rId5\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
	"<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" "
	"w:header=\"851\" w:footer=\"1247\" w:gutter=\"0\"/>"
	"<w:docGrid w:linePitch=\"579\"/></w:sectPr></w:body></w:document>";
/* clang-format on */
