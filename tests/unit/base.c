/* base: strings, buffers, arenas, UTF-8, files. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"
#include "base/utf8.h"
#include "tests/test.h"

TEST(str_split_gives_every_part)
{
	static const struct {
		struct str in;
		const char *parts; /* each followed by | */
	} row[] = {
		{STR("a,,b"), "a||b|"}, {STR("a,"), "a||"}, {STR("a"), "a|"},
		{STR(""), "|"},         {STR_NONE, ""},
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		AUTO_BUF(out, 100);
		struct str rest = row[i].in, part;

		while (str_split(&rest, ',', &part)) {
			buf_add(&out, part);
			buf_ch(&out, '|');
		}
		ASSERT_STR_EQ(buf_str(&out), str_c(row[i].parts));
	}
}

TEST(str_int_reads_whole_numbers_only)
{
	int64_t v = 7;

	ASSERT_OK(str_int(STR("-42"), &v));
	ASSERT_INT(v, -42);
	ASSERT_OK(str_int(STR("9223372036854775807"), &v));
	ASSERT_ERR(str_int(STR("9223372036854775808"), &v), ERR_LIMIT);
	ASSERT_ERR(str_int(STR("1x"), &v), ERR_INPUT);
	ASSERT_ERR(str_int(STR(""), &v), ERR_INPUT);
	ASSERT_ERR(str_int(STR("+"), &v), ERR_INPUT);
}

TEST(utf8_takes_bad_bytes_one_by_one)
{
	struct str s = STR("\xE4\xB8\xAD\xFF\xC0\x80\xED\xA0\x80");
	size_t bad = 0, good = 0;
	uint32_t cp;

	ASSERT_TRUE(!utf8_valid(s));
	while (utf8_next(&s, &cp)) {
		if (cp == 0xFFFD)
			bad++;
		else
			good++;
	}
	ASSERT_INT(good, 1);
	ASSERT_INT(bad, 6);
	ASSERT_INT(utf8_count(STR("公开abc")), 5);
	ASSERT_INT(utf8_offset(STR("公开abc"), 3), 7);
}

TEST(a_character_cut_in_the_middle_is_dropped)
{
	struct str s = STR("公开\U00020000");

	for (size_t n = 0; n <= s.n; n++) {
		struct str whole = utf8_whole(str_sub(s, 0, n));

		ASSERT_TRUE(utf8_valid(whole));
		ASSERT_TRUE(n - whole.n < 4);
	}
	ASSERT_INT(utf8_whole(STR("abc")).n, 3);
}

TEST(str_trim_wide_takes_ideographic_and_no_break_blanks)
{
	ASSERT_STR(str_trim_wide(STR("\u3000\u00A0 公 开\t\u3000")), "公 开");
	ASSERT_STR(str_trim_wide(STR("\u3000\u3000")), "");
}

TEST(buf_keeps_its_first_failure)
{
	AUTO_BUF(out, 4);

	buf_c(&out, "abc");
	ASSERT_OK(buf_end(&out));
	buf_c(&out, "de");
	ASSERT_ERR(buf_end(&out), ERR_LIMIT);
	buf_ch(&out, 'x');
	ASSERT_STR_EQ(buf_str(&out), STR("abc"));
}

TEST(arena_stops_at_its_limit)
{
	AUTO(arena) mem = arena_new(100000);

	ASSERT_TRUE(arena_alloc(mem, 50000) != NULL);
	ASSERT_TRUE(arena_alloc(mem, 60000) == NULL);
	ASSERT_ERR(arena_err(mem), ERR_LIMIT);
	ASSERT_TRUE(ARENA_ARRAY(mem, uint64_t, SIZE_MAX / 4) == NULL);
}

static void scratch(char *ret, size_t size, const char *name)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(ret, size, "%s/gongkai-test-%ld-%s", tmp ? tmp : "/tmp", (long)getpid(),
		       name);
}

FAULT_TEST(io_write_leaves_the_old_file_or_the_new_one, FAULT_ALLOC | FAULT_IO)
{
	AUTO(arena) mem = arena_new(MIB);
	char path[256], beside[300];
	struct str got = STR_NONE;
	struct stat st;
	enum err e;
	FILE *f;

	scratch(path, sizeof(path), "write");
	f = fopen(path, "w");
	ASSERT_TRUE(f != NULL);
	fputs("old", f);
	fclose(f);
	e = io_write(path, STR("new text"), NULL);
#ifdef GONGKAI_FAULTS
	bool struck = fault_struck();
	if (!struck)
		ASSERT_OK(e);
#endif
	if (mem != NULL && io_read(path, MIB, mem, NULL, &got) == ERR_OK)
		ASSERT_TRUE(str_eq(got, e == ERR_OK ? STR("new text") : STR("old")));
	(void)snprintf(beside, sizeof(beside), "%s.%ld.part", path, (long)getpid());
	ASSERT_TRUE(stat(beside, &st) != 0);
	unlink(path);
}

TEST(io_read_refuses_what_is_no_file)
{
	AUTO(arena) mem = arena_new(MIB);
	struct diag diag = DIAG_INIT;
	struct str got;
	char path[256];

	ASSERT_ERR(io_read("/dev/zero", MIB, mem, &diag, &got), ERR_INPUT);
	ASSERT_ERR(io_read("/nowhere/at/all", MIB, mem, NULL, &got), ERR_ABSENT);
	scratch(path, sizeof(path), "fifo");
	ASSERT_INT(mkfifo(path, 0600), 0);
	ASSERT_ERR(io_read(path, MIB, mem, NULL, &got), ERR_INPUT);
	unlink(path);
}
