/* zip, xml, html, json, csv: what is accepted, what is refused, and that writing escapes. */
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "format/csv.h"
#include "format/html.h"
#include "format/json.h"
#include "format/xml.h"
#include "format/zip.h"
#include "tests/test.h"

#define TEST_BYTES (64 * MIB)

/* ---- zip ---- */

static enum err make_zip(struct buf *out)
{
	AUTO(zipout) zip = NULL;
	enum err e = zipout_new(&zip);

	if (e != ERR_OK)
		return e;
	zipout_add(zip, "word/document.xml", STR("<a/>"));
	zipout_add(zip, "\xe8\xa1\xa8/b.txt", STR("plain"));
	zipout_add(zip, "empty", STR(""));
	return zipout_end(zip, out);
}

TEST(zip_written_is_read_by_any_case_of_the_name)
{
	AUTO_BUF(out, MIB);
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO(zipfile) zip = NULL;
	struct str got;

	ASSERT_OK(make_zip(&out));
	ASSERT_OK(zipfile_open(buf_str(&out), NULL, &zip));
	ASSERT_INT(zipfile_count(zip), 3);
	ASSERT_STR(zipfile_name(zip, 1), "\xe8\xa1\xa8/b.txt");
	ASSERT_OK(zipfile_member(zip, STR("/Word\\Document.XML"), mem, NULL, &got));
	ASSERT_STR(got, "<a/>");
	ASSERT_OK(zipfile_member(zip, STR("empty"), mem, NULL, &got));
	ASSERT_INT(got.n, 0);
	ASSERT_ERR(zipfile_member(zip, STR("absent"), mem, NULL, &got), ERR_ABSENT);
}

TEST(zip_bytes_are_the_same_each_time)
{
	AUTO_BUF(a, MIB);
	AUTO_BUF(b, MIB);

	ASSERT_OK(make_zip(&a));
	ASSERT_OK(make_zip(&b));
	ASSERT_STR_EQ(buf_str(&a), buf_str(&b));
}

TEST(zip_name_twice_is_the_writers_mistake)
{
	AUTO_BUF(out, MIB);
	AUTO(zipout) zip = NULL;

	ASSERT_OK(zipout_new(&zip));
	zipout_add(zip, "a", STR("1"));
	zipout_add(zip, "a", STR("2"));
	ASSERT_ERR(zipout_end(zip, &out), ERR_INPUT);
	ASSERT_INT(out.n, 0);
}

TEST(zip_cut_short_is_said_at_every_length)
{
	AUTO_BUF(out, MIB);

	ASSERT_OK(make_zip(&out));
	for (size_t n = 0; n < out.n; n++) {
		AUTO(zipfile) zip = NULL;
		struct diag diag = DIAG_INIT;

		ASSERT_ERR(zipfile_open(str_n(out.p, n), &diag, &zip), ERR_INPUT);
		ASSERT_TRUE(diag.text[0] != '\0');
	}
}

TEST(zip_damaged_member_fails_its_checksum)
{
	AUTO_BUF(out, MIB);
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO(zipfile) zip = NULL;
	struct str got;
	size_t at;

	ASSERT_OK(make_zip(&out));
	at = str_find(buf_str(&out), STR("plain"), 0);
	ASSERT_TRUE(at != STR_NPOS); /* too short to be deflated */
	out.p[at] = 'P';
	ASSERT_OK(zipfile_open(buf_str(&out), NULL, &zip));
	ASSERT_ERR(zipfile_read(zip, 1, mem, NULL, &got), ERR_INPUT);
}

TEST(zip_under_a_password_is_named_so)
{
	AUTO_BUF(out, MIB);
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO(zipfile) zip = NULL;
	struct diag diag = DIAG_INIT;
	struct str got;
	size_t at;

	ASSERT_OK(make_zip(&out));
	out.p[6] |= 1; /* general purpose bit 0, in the local header … */
	at = str_find(buf_str(&out), STR("PK\x01\x02"), 0);
	out.p[at + 8] |= 1; /* … and in the directory */
	ASSERT_OK(zipfile_open(buf_str(&out), NULL, &zip));
	ASSERT_ERR(zipfile_read(zip, 0, mem, &diag, &got), ERR_INPUT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("password")));
}

TEST(zip_bomb_is_refused_by_ratio_before_it_is_unpacked)
{
	AUTO_BUF(out, MIB);
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO(zipout) make = NULL;
	AUTO(zipfile) zip = NULL;
	struct diag diag = DIAG_INIT;
	struct str got;
	char *zeros = arena_alloc(mem, 8 * MIB);

	ASSERT_OK(zipout_new(&make));
	zipout_add(make, "bomb", str_n(zeros, 8 * MIB));
	ASSERT_OK(zipout_end(make, &out));
	ASSERT_OK(zipfile_open(buf_str(&out), NULL, &zip));
	ASSERT_ERR(zipfile_read(zip, 0, mem, &diag, &got), ERR_LIMIT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("times its size")));
}

TEST(zip_with_too_many_members_is_refused)
{
	AUTO_BUF(out, 4 * MIB);
	AUTO(zipfile) zip = NULL;

	for (int i = 0; i <= LIMIT_ZIP_ENTRIES; i++)
		buf_add(&out, STR("PK\x01\x02"));
	ASSERT_ERR(zipfile_open(buf_str(&out), NULL, &zip), ERR_LIMIT);
}

FAULT_TEST(zip_survives_faults, FAULT_ALLOC | FAULT_IO)
{
	AUTO_BUF(out, MIB);
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO(zipfile) zip = NULL;
	struct str got = STR_NONE;
	enum err e;

	if (mem == NULL || make_zip(&out) != ERR_OK)
		return;
	e = zipfile_open(buf_str(&out), NULL, &zip);
	if (e == ERR_OK)
		e = zipfile_read(zip, 0, mem, NULL, &got);
	ASSERT_TRUE((e == ERR_OK) == (got.p != NULL));
}

/* ---- xml ---- */

/* Events of a document as one line: <name>, text, </name>. */
static enum err events(struct str xml, struct diag *diag, struct buf *out)
{
	AUTO(xml_reader) x = NULL;
	enum xml_event event = XML_OPEN;
	enum err e = xml_open(xml, diag, &x);

	while (e == ERR_OK && event != XML_END) {
		e = xml_next(x, &event);
		if (e != ERR_OK || event == XML_END)
			break;
		if (event == XML_TEXT) {
			buf_add(out, xml_text_here(x));
			continue;
		}
		buf_fmt(out, "%s" STR_FMT ">", event == XML_OPEN ? "<" : "</",
			STR_ARG(xml_name(x)));
	}
	return e;
}

TEST(xml_events_close_what_they_open)
{
	AUTO_BUF(out, MIB);

	ASSERT_OK(events(STR("<?xml version=\"1.0\"?><a xmlns:w='u'><!-- c --><w:b/>x&amp;&#x4e00;"
			     "<![CDATA[<y>]]></a>"),
			 NULL, &out));
	ASSERT_STR(buf_str(&out), "<a><b></b>x&\xe4\xb8\x80<y></a>");
}

TEST(xml_names_carry_their_namespace)
{
	AUTO(xml_reader) x = NULL;
	enum xml_event event;

	ASSERT_OK(xml_open(STR("<w:a xmlns:w='urn:w' w:val='1&amp;2&#x4e8c;&lt;' id='' val='z'/>"),
			   NULL, &x));
	ASSERT_OK(xml_next(x, &event));
	ASSERT_INT(event, XML_OPEN);
	ASSERT_TRUE(xml_is(x, "a"));
	ASSERT_STR(xml_space(x), "urn:w");
	ASSERT_STR(xml_attr(x, "val"), "1&2\xe4\xba\x8c<");
	ASSERT_STR(xml_attr_in(x, "", "val"), "z");
	ASSERT_TRUE(xml_attr(x, "id").p != NULL && xml_attr(x, "id").n == 0);
	ASSERT_TRUE(xml_attr(x, "absent").p == NULL);
	ASSERT_INT(xml_depth(x), 1);
}

TEST(xml_skip_leaves_an_element_with_all_inside)
{
	AUTO(xml_reader) x = NULL;
	enum xml_event event;

	ASSERT_OK(xml_open(STR("<a><b><b/>t<c/></b>z</a>"), NULL, &x));
	ASSERT_OK(xml_next(x, &event));
	ASSERT_OK(xml_next(x, &event));
	ASSERT_OK(xml_skip(x));
	ASSERT_OK(xml_next(x, &event));
	ASSERT_STR(xml_text_here(x), "z");
}

TEST(xml_refuses_what_is_no_plain_document)
{
	static const struct {
		const char *xml;
		enum err want;
	} rows[] = {
		{"", ERR_INPUT},
		{"<a>", ERR_INPUT},
		{"<a></b>", ERR_INPUT},
		{"<a>\x01</a>", ERR_INPUT},
		{"<a>\xff</a>", ERR_INPUT},
		{"<a><![CDATA[\xc1\xbe]]></a>", ERR_INPUT},
		{"<a/><b/>", ERR_INPUT},
		{"<!DOCTYPE a><a/>", ERR_INPUT},
		{"<!-- x --><!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>",
		 ERR_INPUT},
		{"<a>&undefined;</a>", ERR_INPUT},
		{"plain", ERR_INPUT},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO_BUF(out, MIB);
		struct diag diag = DIAG_INIT;

		ASSERT_ERR(events(str_c(rows[i].xml), &diag, &out), rows[i].want);
		ASSERT_TRUE(diag.text[0] != '\0');
	}
}

TEST(xml_doctype_in_utf16_is_refused_too)
{
	AUTO_BUF(out, MIB);
	static const char ascii[] = "<?xml version=\"1.0\"?><!DOCTYPE a><a/>";

	AUTO_BUF(wide, MIB);
	buf_add(&wide, STR("\xff\xfe"));
	for (size_t i = 0; ascii[i] != '\0'; i++)
		buf_add(&wide, str_n((const char[]){ascii[i], 0}, 2));
	ASSERT_ERR(events(buf_str(&wide), NULL, &out), ERR_INPUT);
}

TEST(xml_depth_has_a_limit)
{
	AUTO_BUF(xml, MIB);
	AUTO_BUF(out, MIB);

	for (int i = 0; i < LIMIT_XML_DEPTH + 10; i++)
		buf_add(&xml, STR("<a>"));
	ASSERT_ERR(events(buf_str(&xml), NULL, &out), ERR_LIMIT);
}

/* Behind a comment that looks like an element, and in charsets that hide markup. */
TEST(xml_doctype_has_no_place_to_hide)
{
	static const char *const rows[] = {
		"<!-- <a --><!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>",
		"<?p <a ?><!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>",
		"<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADw-a/+AD4-",
		"\x4c\x6f\xa7\x94\x93", /* <?xml in EBCDIC */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO_BUF(out, MIB);
		struct diag diag = DIAG_INIT;

		ASSERT_ERR(events(str_c(rows[i]), &diag, &out), ERR_INPUT);
		ASSERT_TRUE(diag.text[0] != '\0');
	}
}

static void attributes_put(struct buf *xml, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		buf_fmt(xml, " a%u='>'", i);
}

TEST(xml_attributes_have_a_limit)
{
	AUTO_BUF(few, MIB);
	AUTO_BUF(many, MIB);
	AUTO_BUF(out, MIB);
	struct diag diag = DIAG_INIT;

	buf_add(&few, STR("<a>'\"'<b"));
	attributes_put(&few, LIMIT_MARKUP_ATTRS);
	buf_add(&few, STR("/></a>"));
	ASSERT_OK(events(buf_str(&few), NULL, &out));
	buf_add(&many, STR("<a><!-- <b --><b"));
	attributes_put(&many, LIMIT_MARKUP_ATTRS + 1);
	buf_add(&many, STR("/></a>"));
	ASSERT_ERR(events(buf_str(&many), &diag, &out), ERR_LIMIT);
	ASSERT_TRUE(strstr(diag.text, "128 attributes") != NULL);
}

TEST(xml_names_and_remarks_have_a_limit)
{
	AUTO_BUF(names, 4 * MIB);
	AUTO_BUF(remarks, 4 * MIB);
	AUTO_BUF(out, 4 * MIB);
	struct diag diag = DIAG_INIT;

	buf_add(&names, STR("<a>"));
	for (unsigned i = 0; i < LIMIT_MARKUP_NAMES + 1000; i++)
		buf_fmt(&names, "<b%u/>", i);
	buf_add(&names, STR("</a>"));
	ASSERT_ERR(events(buf_str(&names), &diag, &out), ERR_LIMIT);
	ASSERT_TRUE(strstr(diag.text, "60000 different names") != NULL);
	buf_add(&remarks, STR("<a>"));
	for (unsigned i = 0; i <= LIMIT_XML_REMARKS; i++)
		buf_add(&remarks, i % 2 ? STR("<!-- -->") : STR("<?p?>"));
	buf_add(&remarks, STR("</a>"));
	ASSERT_ERR(events(buf_str(&remarks), NULL, &out), ERR_LIMIT);
}

TEST(xml_tells_the_line_of_the_damage)
{
	AUTO_BUF(out, MIB);
	struct diag diag = DIAG_INIT;

	ASSERT_ERR(events(STR("<a>\n\n<b>\n</a>"), &diag, &out), ERR_INPUT);
	ASSERT_INT(diag.line, 4);
}

TEST(xml_written_is_escaped_and_read_again)
{
	AUTO_BUF(out, MIB);
	AUTO(xml_reader) x = NULL;
	enum xml_event event;
	struct str hard = STR("<&>\"'\n\t\xe4\xb8\x80");

	buf_add(&out, STR("<a"));
	xml_put_named(&out, "v", hard);
	buf_ch(&out, '>');
	xml_put_text(&out, STR("]]>\x01 & <b>\xef\xbf\xbf"));
	buf_add(&out, STR("</a>"));
	ASSERT_OK(xml_open(buf_str(&out), NULL, &x));
	ASSERT_OK(xml_next(x, &event));
	ASSERT_STR_EQ(xml_attr(x, "v"), hard);
	ASSERT_OK(xml_next(x, &event));
	ASSERT_STR(xml_text_here(x), "]]> & <b>\xef\xbf\xbd");
}

/* ---- html ---- */

TEST(html_escapes_for_text_and_attributes)
{
	AUTO_BUF(out, MIB);
	struct html h = html_on(&out);

	HTML(&h, "<p");
	html_attr(&h, "title", STR("\"><script>'"));
	HTML(&h, ">");
	html_text(&h, STR("a<b>&amp;\x02\n"));
	html_text_br(&h, STR("x\ny"));
	HTML(&h, "</p>");
	ASSERT_OK(html_end(&h));
	ASSERT_STR(buf_str(&out), "<p title=\"&quot;&gt;&lt;script&gt;&#39;\">a&lt;b&gt;&amp;amp;\n"
				  "x<br>y</p>");
}

/* ---- json ---- */

TEST(json_writes_one_compact_line)
{
	AUTO_BUF(out, MIB);
	struct json j = json_on(&out);

	json_object(&j);
	json_member_str(&j, "a\"b", STR("x\n\t\\\"\x01\x7f\xe4\xb8\x80"));
	json_key(&j, STR("list"));
	json_array(&j);
	json_put_int(&j, -5);
	json_put_null(&j);
	json_put_bool(&j, true);
	json_array(&j);
	json_array_end(&j);
	json_object(&j);
	json_object_end(&j);
	json_array_end(&j);
	json_member_str_or_null(&j, "none", STR_NONE);
	json_member_bool(&j, "no", false);
	json_object_end(&j);
	ASSERT_OK(json_end(&j));
	ASSERT_STR(buf_str(&out), "{\"a\\\"b\":\"x\\n\\t\\\\\\\"\\u0001\\u007f\xe4\xb8\x80\","
				  "\"list\":[-5,null,true,[],"
				  "{}],\"none\":null,\"no\":false}");
}

TEST(json_invalid_utf8_is_written_as_a_replacement)
{
	AUTO_BUF(out, MIB);
	struct json j = json_on(&out);

	json_put_str(&j, STR("a\xff\xe4\xb8\x80z"));
	ASSERT_STR(buf_str(&out), "\"a\xef\xbf\xbd\xe4\xb8\x80z\"");
}

TEST(json_tree_gives_what_stands_in_it)
{
	AUTO(json_tree) t = NULL;
	const struct json_value *r;
	struct str s;
	int64_t n;
	bool b;

	ASSERT_OK(json_parse(
		STR("\xef\xbb\xbf {\"s\":\"\\u4e00\\ud83d\\ude00\",\"n\":9007199254740991,"
		    "\"h\":1.5,\"b\":true,\"z\":null,\"a\":[1,[2]]}\n"),
		NULL, &t));
	r = json_root(t);
	ASSERT_TRUE(json_str(json_get(r, "s"), &s));
	ASSERT_STR(s, "\xe4\xb8\x80\xf0\x9f\x98\x80");
	ASSERT_TRUE(json_int(json_get(r, "n"), &n) && n == 9007199254740991);
	ASSERT_TRUE(!json_int(json_get(r, "h"), &n) && !json_int(json_get(r, "s"), &n));
	ASSERT_TRUE(json_bool(json_get(r, "b"), &b) && b);
	ASSERT_TRUE(json_is(json_get(r, "z"), JSON_NULL) && !json_is(json_get(r, "zz"), JSON_NULL));
	ASSERT_INT(json_len(r), 6);
	ASSERT_TRUE(json_int(json_at(json_at(json_get(r, "a"), 1), 0), &n) && n == 2);
	ASSERT_TRUE(json_at(json_get(r, "a"), 2) == NULL &&
		    json_get(json_get(r, "a"), "x") == NULL);
	ASSERT_STR(json_key_of(json_next(json_first(r))), "n");
}

TEST(json_refuses_what_two_readers_could_read_differently)
{
	static const char *const rows[] = {
		"",
		" ",
		"{",
		"}",
		"[1,]",
		"{\"a\":1,}",
		"{\"a\" 1}",
		"[1 2]",
		"01",
		"+1",
		"1.",
		".5",
		"1e",
		"-",
		"tru",
		"nul",
		"\"\x01\"",
		"\"\\x\"",
		"\"\\u12\"",
		"\"\\u0000\"",
		"\"\\ud800\"",
		"\"\\ud800\\u0041\"",
		"\"\\udc00\"",
		"\"a",
		"\"a\\",
		"{\"a\":1,\"a\":2}",
		"[{\"k\":{\"a\":1,\"b\":2,\"a\":3}}]",
		"9007199254740992",
		"9007199254740993",
		"-1e300",
		"1e999",
		"[1] x",
		"1 2",
		"\"\xff\"",
		"{1:2}",
		"'a'",
		"[1}",
		"NaN",
		"\v1",
		",",
		"[,1]",
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(json_tree) t = NULL;
		struct diag diag = DIAG_INIT;

		if (json_parse(str_c(rows[i]), &diag, &t) != ERR_INPUT)
			fail_msg("accepted: %s", rows[i]);
		ASSERT_TRUE(diag.text[0] != '\0' && t == NULL);
	}
}

TEST(json_depth_and_number_of_values_have_limits)
{
	AUTO_BUF(deep, MIB);
	AUTO_BUF(wide, 4 * MIB);
	AUTO(json_tree) t = NULL;

	for (int i = 0; i <= LIMIT_JSON_DEPTH; i++)
		buf_ch(&deep, '[');
	ASSERT_ERR(json_parse(buf_str(&deep), NULL, &t), ERR_LIMIT);
	buf_ch(&wide, '[');
	for (int i = 0; i < LIMIT_JSON_VALUES; i++)
		buf_add(&wide, STR("0,"));
	buf_add(&wide, STR("0]"));
	ASSERT_ERR(json_parse(buf_str(&wide), NULL, &t), ERR_LIMIT);
}

TEST(json_tells_the_line)
{
	AUTO(json_tree) t = NULL;
	struct diag diag = DIAG_INIT;

	ASSERT_ERR(json_parse(STR("{\n\"a\":\n01}"), &diag, &t), ERR_INPUT);
	ASSERT_INT(diag.line, 3);
}

FAULT_TEST(json_parse_survives_faults, FAULT_ALLOC)
{
	AUTO(json_tree) t = NULL;
	enum err e = json_parse(STR("{\"a\":[1,2],\"b\":{\"c\":null,\"d\":0}}"), NULL, &t);

	ASSERT_TRUE((e == ERR_OK) == (t != NULL));
}

/* ---- csv ---- */

TEST(csv_quotes_only_where_needed_and_leaves_formulas_alone)
{
	AUTO_BUF(out, MIB);
	struct csv c = csv_on(&out);

	csv_cell(&c, STR("=1+1"));
	csv_cell(&c, STR("a,b"));
	csv_cell(&c, STR("say \"x\"\n"));
	csv_cell(&c, STR(""));
	csv_cell_int(&c, -3);
	csv_row_end(&c);
	csv_cell(&c, STR("z"));
	csv_row_end(&c);
	ASSERT_STR(buf_str(&out), "=1+1,\"a,b\",\"say \"\"x\"\"\n\",,-3\nz\n");
}

TEST(csv_written_is_read_again)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	struct csv_reader r;
	struct str cells[4];
	size_t n;

	ASSERT_OK(csv_open(
		&r, STR("\xef\xbb\xbf# note\r\n\r\n=1,\"a,b\",\"say \"\"x\"\"\r\n\",\n#\nz,\"\""),
		'#', NULL));
	ASSERT_OK(csv_next(&r, mem, NULL, cells, 4, &n));
	ASSERT_INT(n, 4);
	ASSERT_INT(r.line, 3);
	ASSERT_STR(cells[0], "=1");
	ASSERT_STR(cells[1], "a,b");
	ASSERT_STR(cells[2], "say \"x\"\r\n");
	ASSERT_STR(cells[3], "");
	ASSERT_OK(csv_next(&r, mem, NULL, cells, 4, &n));
	ASSERT_INT(n, 2);
	ASSERT_INT(r.line, 6);
	ASSERT_STR(cells[1], "");
	ASSERT_OK(csv_next(&r, mem, NULL, cells, 4, &n));
	ASSERT_INT(n, 0);
}

TEST(csv_refuses_quotes_out_of_place)
{
	static const char *const rows[] = {"a\"b\n", "\"a\"b\n", "\"a", "a\rb\n", "\"a\"\r"};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(arena) mem = arena_new(TEST_BYTES);
		struct csv_reader r;
		struct str cells[4];
		size_t n;

		ASSERT_OK(csv_open(&r, str_c(rows[i]), 0, NULL));
		ASSERT_ERR(csv_next(&r, mem, NULL, cells, 4, &n), ERR_INPUT);
	}
}

TEST(csv_row_longer_than_asked_for_is_a_limit)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	struct csv_reader r;
	struct str cells[2];
	size_t n;

	ASSERT_OK(csv_open(&r, STR("1,2,3\n"), 0, NULL));
	ASSERT_ERR(csv_next(&r, mem, NULL, cells, 2, &n), ERR_LIMIT);
	ASSERT_ERR(csv_open(&r, STR("\xff"), 0, NULL), ERR_INPUT);
}
