/* What is declared is a witness: the bytes decide. */
#include <iconv.h>

#include "readers/readers.h"
#include "tests/test.h"

#define SENTENCE "政府信息公开工作年度报告，全年收到申请三十六件。"

/* UTF-8 in another charset. */
static struct str encoded(struct arena *mem, struct str s, const char *charset)
{
	iconv_t cd = iconv_open(charset, "UTF-8");
	size_t room = s.n * 4 + 16, left = s.n, all = room;
	char *out = arena_alloc(mem, room), *to = out, *in = (char *)(uintptr_t)s.p;

	assert_true(cd != (iconv_t)-1);
	assert_int_equal(iconv(cd, &in, &left, &to, &room), 0);
	(void)iconv_close(cd);
	return str_n(out, all - room);
}

static void expect(struct arena *mem, struct str bytes, const char *declared, const char *want,
		   bool noted)
{
	struct str text, note;

	ASSERT_OK(charset_decode(bytes, str_c(declared), mem, NULL, &text, &note));
	ASSERT_STR(text, want);
	assert_int_equal(note.n > 0, noted);
}

TEST(names_of_gb_mean_gb18030)
{
	static const char *const names[] = {"gb2312", "GBK", "x-gbk", "gb18030", "GB_2312-80"};
	AUTO(arena) mem = arena_new(MIB);
	/* 㐂 and 镕 are beyond GB 2312, 㐂 has four bytes */
	struct str gb = encoded(mem, STR("镕㐂" SENTENCE), "GB18030");

	for (size_t i = 0; i < 5; i++)
		expect(mem, gb, names[i], "镕㐂" SENTENCE, false);
}

TEST(a_declaration_that_lies_is_noted)
{
	AUTO(arena) mem = arena_new(MIB);
	struct str gb = encoded(mem, STR(SENTENCE), "GB18030");

	expect(mem, STR(SENTENCE), "gbk", SENTENCE, true);
	expect(mem, gb, "utf-8", SENTENCE, true);
	expect(mem, gb, "", SENTENCE, false);
	expect(mem, gb, "no-such-charset", SENTENCE, true);
	expect(mem, gb, "iso-8859-1", SENTENCE, false); /* says nothing about Chinese */
	expect(mem, STR("plain"), "gbk", "plain", false);
	expect(mem, STR(SENTENCE), "utf8", SENTENCE, false);
}

TEST(marks_and_nuls_tell_utf16_and_utf32)
{
	static const char *const with_mark[] = {"UTF-16", "UTF-32"};
	static const char *const bare[] = {"UTF-16LE", "UTF-16BE"};
	AUTO(arena) mem = arena_new(MIB);

	for (size_t i = 0; i < 2; i++) {
		expect(mem, encoded(mem, STR("第1行\n" SENTENCE), with_mark[i]), "",
		       "第1行\n" SENTENCE, false);
		expect(mem, encoded(mem, STR("第1行\n" SENTENCE), bare[i]), "gbk",
		       "第1行\n" SENTENCE, true);
	}
	expect(mem, STR("\xEF\xBB\xBF一"), "gbk", "一", true);
}

TEST(big5_is_honoured_and_guessed)
{
	AUTO(arena) mem = arena_new(MIB);
	const char *text =
		"政府資訊公開年度報告書內容說明與統計資料表，請各機關依規定辦理公開作業。";
	struct str big5 = encoded(mem, str_c(text), "BIG5");

	expect(mem, big5, "big5", text, false);
	expect(mem, big5, "", text, false);
}

TEST(damaged_bytes_become_the_replacement_character)
{
	AUTO(arena) mem = arena_new(MIB);
	struct str gb = encoded(mem, STR(SENTENCE "数字" SENTENCE), "GB18030"), bad;

	expect(mem, STR("\xE6\x94" SENTENCE "\xFF"), "", "��" SENTENCE "�", false);
	ASSERT_OK(arena_fmt(mem, &bad, STR_FMT "\xFF\n", STR_ARG(gb)));
	expect(mem, bad, "gbk", SENTENCE "数字" SENTENCE "�\n", false);
	expect(mem, str_sub(gb, 0, gb.n - 1), "",
	       SENTENCE "数字政府信息公开工作年度报告，全年收到申请三十六件�", false);
}

TEST(control_characters_go_and_line_ends_are_one)
{
	AUTO(arena) mem = arena_new(MIB);

	expect(mem, str_n("a\0b\r\nc\rd\ve\x1B\x7F\t\f一\xC2\x85二\xEF\xBB\xBF", 25), "",
	       "ab\nc\nd\ne\t一二", false);
	expect(mem, STR_NONE, "", "", false);
	expect(mem, encoded(mem, STR("一\r\n二\r\n三四五六"), "GB18030"), "gb2312",
	       "一\n二\n三四五六", false);
}

TEST(clean_utf8_is_not_copied)
{
	AUTO(arena) mem = arena_new(MIB);
	struct str in = STR(SENTENCE "\n"), text, note;

	ASSERT_OK(charset_decode(in, STR("utf-8"), mem, NULL, &text, &note));
	ASSERT_TRUE(text.p == in.p && text.n == in.n);
	assert_int_equal(arena_used(mem), 0);
}

TEST(too_much_text_is_a_limit_not_a_cut)
{
	AUTO(arena) mem = arena_new(LIMIT_FILE_BYTES * 2);
	char *p = arena_alloc(mem, LIMIT_HTML_BYTES + 1);
	struct str text, note;
	struct diag diag = DIAG_INIT;

	memset(p, 'a', LIMIT_HTML_BYTES + 1);
	ASSERT_ERR(
		charset_decode(str_n(p, LIMIT_HTML_BYTES + 1), STR_NONE, mem, &diag, &text, &note),
		ERR_LIMIT);
	ASSERT_TRUE(diag.text[0] != '\0');
}

FAULT_TEST(decoding_survives, FAULT_ALLOC)
{
	static const char gb[] = "\xD5\xFE\xB8\xAE\xD0\xC5\xCF\xA2\xB9\xAB\xBF\xAA";
	AUTO(arena) mem = arena_new(MIB);
	struct str text = STR_NONE, note;
	enum err e;

	if (mem == NULL)
		return;
	e = charset_decode(str_c(gb), STR("utf-8"), mem, NULL, &text, &note);
	ASSERT_TRUE((e == ERR_OK) == (text.p != NULL));
	ASSERT_TRUE(e == ERR_OK || e == ERR_NOMEM);
}
