/* Kinds of files by their bytes, and what is said of those that are not read. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "format/zip.h"
#include "readers/readers.h"
#include "tests/test.h"

#define S(literal)                                                                                 \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

TEST(sniff_tells_kinds_by_content)
{
	static const struct {
		struct str bytes;
		enum file_kind want;
	} rows[] = {
		{S(""), FILE_EMPTY},
		{S(" \r\n\t "), FILE_EMPTY},
		{S("\xef\xbb\xbf"), FILE_EMPTY},
		{S("\xff\xfe \0\r\0\n\0"), FILE_EMPTY},
		{S("\0\0\0\0"), FILE_EMPTY},
		{S("一、总体情况"), FILE_TEXT},
		{S("[1] 附注"), FILE_TEXT},
		{S("a < b, c > d <br> e"), FILE_TEXT},
		{S("\xd2\xbb\xa1\xa2\xd7\xdc\xcc\xe5\xc7\xe9\xbf\xf6"), FILE_TEXT}, /* GB18030 */
		{S("\xff\xfe\x00\x4e\x01\x30"), FILE_TEXT},                         /* UTF-16LE */
		{S("\x4e\x00\x30\x01\x60\x3b\x4f\x53"), FILE_TEXT}, /* UTF-16BE, no mark */
		{S("\xef\xbb\xbf  {\"schema\": 1}"), FILE_JSON},
		{S("[{\"a\":1}]"), FILE_JSON},
		{S("{}"), FILE_JSON},
		{S("{公开}"), FILE_TEXT},
		{S("<!DOCTYPE HTML PUBLIC><HTML>"), FILE_HTML},
		{S("\n<!-- x -->\n<p>一"), FILE_HTML},
		{S("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>"), FILE_HTML},
		{S("\xff\xfe<\0h\0t\0m\0l\0>\0"), FILE_HTML},
		{S("<\0t\0a\0b\0l\0e\0>\0<\0t\0r\0>\0"), FILE_HTML},
		{S("文字 <p>一</p><p>二</p><br>三<br>"), FILE_HTML},
		{S("<?xml version='1.0'?><w:wordDocument/>"), FILE_UNKNOWN},
		{S("MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>"), FILE_UNKNOWN},
		{S("%PDF-1.7\n"), FILE_PDF},
		{S("junk\n%PDF-1.4\n1 0 obj endobj"), FILE_PDF},
		{S("the mark %PDF- begins a file"), FILE_TEXT},
		{S("{\\rtf1\\ansi"), FILE_RTF},
		{S("\x89PNG\r\n\x1a\n...."), FILE_PICTURE},
		{S("\xff\xd8\xff\xe0...."), FILE_PICTURE},
		{S("GIF89a"), FILE_PICTURE},
		{S("II*\0...."), FILE_PICTURE},
		{S("RIFF....WEBPVP8 "), FILE_PICTURE},
		{S("\x01\x02\x03\x04\x05\x06\x07\x08\x80\x81"), FILE_UNKNOWN},
		{S("\x7f"
		   "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"),
		 FILE_UNKNOWN},
		{S("PK\x03\x04\x14\0\0\0\0\0 word/document.xml"), FILE_DOCX},   /* cut short */
		{S("PK\x03\x04\x14\0\0\0\0\0 [Content_Types].xml"), FILE_DOCX}, /* shorter still */
		{S("PK\x03\x04\x14\0\0\0\0\0 a.txt"), FILE_ZIP},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (file_sniff(rows[i].bytes) != rows[i].want)
			fail_msg("row %zu: %s, not %s", i,
				 file_kind_name(file_sniff(rows[i].bytes)),
				 file_kind_name(rows[i].want));
}

static enum file_kind kind_of_zip(const char *a, const char *b, struct str types)
{
	AUTO_BUF(out, MIB);
	AUTO(zipout) zip = NULL;

	ASSERT_OK(zipout_new(&zip));
	zipout_add(zip, a, types);
	if (b != NULL)
		zipout_add(zip, b, STR("x"));
	ASSERT_OK(zipout_end(zip, &out));
	return file_sniff(buf_str(&out));
}

TEST(sniff_tells_zips_apart_by_their_members)
{
	const char *types = "[Content_Types].xml";

	ASSERT_INT(kind_of_zip(types, "word/document.xml", STR("x")), FILE_DOCX);
	ASSERT_INT(kind_of_zip(types, "WORD/document2.xml", STR("x")), FILE_DOCX);
	ASSERT_INT(kind_of_zip(types, "xl/workbook.xml", STR("x")), FILE_XLSX);
	ASSERT_INT(kind_of_zip(types, "wps/main.xml",
			       STR("application/vnd.openxmlformats-officedocument."
				   "wordprocessingml.document.main+xml")),
		   FILE_DOCX);
	ASSERT_INT(kind_of_zip(types, "ppt/presentation.xml", STR("presentationml")), FILE_ZIP);
	ASSERT_INT(kind_of_zip("OFD.xml", NULL, STR("<x/>")), FILE_OFD);
	ASSERT_INT(kind_of_zip("report.docx", "word.txt", STR("x")), FILE_ZIP);
}

static void put32(char *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (char)(v >> (8 * i));
}

/* A compound file of four sectors: header, FAT, directory in sectors 1 and 3 (chained). */
static struct str compound(char file[4 * 512 + 512], const char *name, uint32_t after_first)
{
	char *dir = file + 4 * 512;

	memset(file, 0, 5 * 512);
	memcpy(file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
	file[0x1e] = 9;
	put32(file + 0x30, 1);
	for (int i = 0; i < 109; i++)
		put32(file + 0x4c + 4 * i, 0xffffffff);
	put32(file + 0x4c, 0); /* the FAT is sector 0 */
	put32(file + 512, 0xfffffffd);
	put32(file + 512 + 4, after_first);
	put32(file + 512 + 12, 0xfffffffe);
	for (size_t i = 0; name[i] != '\0'; i++)
		dir[128 + 2 * i] = name[i];
	dir[128 + 64] = (char)(2 * (strlen(name) + 1));
	return (struct str){file, 5 * 512};
}

TEST(sniff_walks_the_directory_of_a_compound_file)
{
	char file[5 * 512];

	ASSERT_INT(file_sniff(compound(file, "EncryptedPackage", 3)), FILE_ENCRYPTED);
	ASSERT_INT(file_sniff(compound(file, "WordDocument", 3)), FILE_OLE);
	ASSERT_INT(file_sniff(compound(file, "EncryptedPackage", 0xfffffffe)), FILE_OLE);
	ASSERT_INT(file_sniff(compound(file, "EncryptedPackage", 1)), FILE_OLE); /* a ring */
	ASSERT_INT(file_sniff(compound(file, "EncryptedPackage", 77777)), FILE_OLE);
	for (size_t n = 8; n < sizeof(file); n += 37)
		(void)file_sniff(str_sub(compound(file, "EncryptedPackage", 3), 0, n));
}

TEST(reading_what_is_no_document_says_what_to_do)
{
	static const struct {
		struct str bytes;
		const char *words;
	} rows[] = {
		{S(" "), "empty"},
		{S("\x89PNG\r\n\x1a\n...."), "OCR"},
		{S("PK\x03\x04\x14\0\0\0\0\0 a.txt"), "unpack"},
		{S("\x01\x02\x03\x04\x05\x06"), "save it as DOCX"},
		{S("{\"a\":1}"), "JSON"},
		{S("{\\rtf1 x}"), "LibreOffice"},
		{S("PK\x03\x04\x14\0\0\0\0\0 word/document.xml"), "cut short"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
		struct read_env env = {NULL, NULL};
		struct diag diag = DIAG_INIT;
		struct doc *doc = NULL;

		ASSERT_TRUE(reader_read(rows[i].bytes, &env, mem, &diag, &doc) != ERR_OK);
		ASSERT_TRUE(doc == NULL);
		if (!str_has(str_c(diag.text), str_c(rows[i].words)))
			fail_msg("\"%s\" does not say \"%s\"", diag.text, rows[i].words);
	}
}

TEST(reading_an_encrypted_package_asks_for_one_without_password)
{
	char file[5 * 512];
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct read_env env = {NULL, NULL};
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;

	ASSERT_ERR(reader_read(compound(file, "EncryptedPackage", 3), &env, mem, &diag, &doc),
		   ERR_INPUT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("encrypted")));
}

TEST(what_a_folder_names_and_what_it_skips)
{
	ASSERT_TRUE(file_kind_readable(FILE_DOCX) && file_kind_readable(FILE_OLE));
	ASSERT_TRUE(file_kind_readable(FILE_ENCRYPTED) && file_kind_readable(FILE_EMPTY));
	ASSERT_TRUE(!file_kind_readable(FILE_PICTURE) && !file_kind_readable(FILE_ZIP));
	ASSERT_TRUE(!file_kind_readable(FILE_UNKNOWN));
}
