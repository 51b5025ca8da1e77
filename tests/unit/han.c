/* han: folding, numerals and likeness, each as the header promises. */
#include "base/han.h"
#include "base/utf8.h"
#include "tests/test.h"

static void folds_to(const char *in, const char *want)
{
	AUTO(arena) mem = arena_new(MIB);
	struct str got;

	ASSERT_OK(han_fold(mem, str_c(in), &got));
	ASSERT_STR(got, want);
	ASSERT_INT(got.p[got.n], 0);
}

TEST(fold_makes_equal_what_reads_equal)
{
	static const char *const rows[][2] = {
		{"", ""},
		{"１．属于国家秘密", "1.属于国家秘密"},
		{" 总 计\u3000\t\n", "总计"},
		{"危及“三安全‘一稳定’”「」", "危及\"三安全\"一稳定\"\"\"\""},
		{"（一）〔2019〕【注】［1］", "(一)(2019)(注)(1)"},
		{"—－–―~～", "------"},
		{"。．", ".."},
		{"，；：、", ",;:、"},
		{"ＡbC", "abc"},
		{"政府資訊公開條例　實施機關", "政府资讯公开条例实施机关"},
		{"後於徵爲開發電錄録", "后于征为开发电录录"},
		{"⼯作⽂件⾏政⻓", "工作文件行政长"},
		{"零\u200b宽\ufeff字\u00ad符\u202e", "零宽字符"},
		{"cell\a", "cell"},
		{"二○二一", "二〇二一"},
		{"著作乾坤", "著作乾坤"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		folds_to(rows[i][0], rows[i][1]);
}

TEST(fold_survives_broken_bytes)
{
	folds_to("\xff\xfe", "\uFFFD\uFFFD");
}

TEST(fold_is_done_after_one_pass)
{
	for (uint32_t cp = 1; cp < 0x30000; cp++) {
		uint32_t once = han_fold_cp(cp);

		if (once != 0 && han_fold_cp(once) != once)
			fail_msg("U+%04X folds to U+%04X and then further", cp, once);
	}
}

TEST(numbers_at_the_front)
{
	static const struct {
		const char *text;
		int64_t value;
		size_t bytes; /* 0: no number */
	} rows[] = {
		{"", 0, 0},
		{"件", 0, 0},
		{"0", 0, 1},
		{"17件", 17, 2},
		{"１７件", 17, 6},
		{"1,234,567件", 1234567, 9},
		{"1，234", 1234, 7},
		{"1,23", 1, 1},
		{"1,2345", 1, 1},
		{"2021，100件", 2021, 4},
		{"0，123", 0, 1},
		{"12.5", 12, 2},
		{"-5", 0, 0},
		{"9007199254740992", INT64_C(9007199254740992), 16},
		{"9007199254740993", 0, 0},
		{"99999999999999999999999999", 0, 0},
		{"〇", 0, 3},
		{"零件", 0, 3},
		{"两件", 2, 3},
		{"十", 10, 3},
		{"十五件", 15, 6},
		{"二十", 20, 6},
		{"二十一日", 21, 9},
		{"一百零五", 105, 12},
		{"一百一十五", 115, 15},
		{"一百十五", 115, 12},
		{"三百五", 350, 9},
		{"一千零二十", 1020, 15},
		{"一万二千三百四十五", 12345, 27},
		{"一万二", 12000, 9},
		{"一万零二", 10002, 12},
		{"二十万", 200000, 9},
		{"一亿二千万", 120000000, 15},
		{"一万亿", INT64_C(1000000000000), 9},
		{"一九八四年", 1984, 12},
		{"二〇二一", 2021, 12},
		{"二○二一", 2021, 12},
		{"二〇二〇千", 0, 0},
		{"两三百", 0, 0},
		{"千方百计", 0, 0},
		{"百分之五", 0, 0},
		{"万元", 0, 0},
		{"一萬億", INT64_C(1000000000000), 9},
		{"二万亿二万亿二万亿", INT64_C(2000000020000), 15},
		{"九千亿亿", INT64_C(900000000000), 9},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t v = -7;
		size_t n = han_number(str_c(rows[i].text), &v);

		if (n != rows[i].bytes || v != (n ? rows[i].value : -7))
			fail_msg("%s: %zu bytes, value %lld", rows[i].text, n, (long long)v);
	}
}

/* The plain O(n*m) table, to hold the fast one against. */
static int slow_likeness(struct str a, struct str b)
{
	static uint16_t t[128][128];
	size_t na = 0, nb = 0;
	uint32_t x[128], y[128];

	while (utf8_next(&a, &x[na]))
		na++;
	while (utf8_next(&b, &y[nb]))
		nb++;
	for (size_t i = 0; i < na; i++)
		for (size_t j = 0; j < nb; j++)
			t[i + 1][j + 1] = x[i] == y[j]                ? (uint16_t)(t[i][j] + 1)
					  : t[i][j + 1] > t[i + 1][j] ? t[i][j + 1]
								      : t[i + 1][j];
	return (int)(2000u * t[na][nb] / (na + nb));
}

TEST(likeness_is_the_longest_common_subsequence)
{
	uint64_t seed = 42;

	for (int round = 0; round < 3000; round++) {
		char a[120], b[120];
		size_t na = 1 + (size_t)(seed >> 20) % 110, nb = 1 + (size_t)(seed >> 30) % 110;

		for (size_t i = 0; i < sizeof(a); i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			a[i] = (char)('a' + (seed >> 33) % 6);
			b[i] = (char)('a' + (seed >> 43) % 6);
		}
		ASSERT_INT(han_likeness(str_n(a, na), str_n(b, nb)),
			   slow_likeness(str_n(a, na), str_n(b, nb)));
	}
}

TEST(likeness_of_texts)
{
	ASSERT_INT(han_likeness(STR(""), STR("")), 1000);
	ASSERT_INT(han_likeness(STR("一"), STR("")), 0);
	ASSERT_INT(han_likeness(STR("主动公开"), STR("主动公开")), 1000);
	ASSERT_INT(han_likeness(STR("主动公开"), STR("制动公开")), 750);
	ASSERT_INT(han_likeness(STR("主动"), STR("其他")), 0);
}

TEST(likeness_of_long_texts_is_linear_and_near)
{
	AUTO(arena) mem = arena_new(16 * MIB);
	size_t n = 300000;
	char *a = ARENA_ARRAY(mem, char, n), *b = ARENA_ARRAY(mem, char, n);
	uint64_t seed = 1;
	int got;

	for (size_t i = 0; i + 3 <= n; i += 3) {
		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
		utf8_put(0x4E00 + (uint32_t)(seed >> 40) % 3000, a + i);
		memcpy(b + i, a + i, 3);
		if (i % 300 == 0)
			utf8_put(0x8000, b + i);
	}
	ASSERT_INT(han_likeness(str_n(a, n), str_n(a, n)), 1000);
	got = han_likeness(str_n(a, n), str_n(b, n)); /* one in a hundred changed: two bigrams */
	ASSERT_TRUE(got > 970 && got < 1000);
	got = han_likeness(str_n(a, 9000), str_n(a + 150000, 9000));
	ASSERT_TRUE(got < 60);
}

FAULT_TEST(fold_survives_a_lack_of_memory, FAULT_ALLOC)
{
	AUTO(arena) mem = arena_new(MIB);
	struct str got = STR_NONE;

	if (mem != NULL && han_fold(mem, STR("（一）总体情况"), &got) == ERR_OK)
		ASSERT_STR(got, "(一)总体情况");
	else
		ASSERT_TRUE(got.p == NULL);
}
