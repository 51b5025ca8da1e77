/* calendar: dates in every way they are written, working days, limits. */
#include "calendar/term.h"
#include "law/law.h"
#include "tests/test.h"

TEST(serials_and_weekdays_over_three_centuries)
{
	struct date d = {1900, 1, 1};
	int32_t serial = date_serial(d);
	int weekday = 1; /* 1900-01-01 was a Monday */

	ASSERT_INT(date_serial((struct date){1970, 1, 1}), 0);
	for (; d.year < 2200; d = date_add_days(d, 1), serial++, weekday = weekday % 7 + 1) {
		ASSERT_TRUE(date_valid(d));
		ASSERT_INT(date_serial(d), serial);
		ASSERT_INT(date_cmp(date_from_serial(serial), d), 0);
		ASSERT_INT(date_weekday(d), weekday);
	}
	ASSERT_TRUE(!date_valid((struct date){2100, 2, 29}));
	ASSERT_TRUE(date_valid((struct date){2000, 2, 29}));
	ASSERT_TRUE(!date_valid(DATE_NONE));
	ASSERT_TRUE(!date_valid((struct date){2021, 13, 1}));
}

TEST(iso_dates_and_nothing_else)
{
	static const char *const bad[] = {
		"",           "2025-3-3",    "2025-02-29", "2025/03/03", "2025-03-03 ",
		"x025-03-03", "2025-03-0３", "1899-12-31", "2200-01-01"};
	char text[DATE_TEXT_BYTES];
	struct date d;

	ASSERT_OK(date_parse(STR("2025-03-03"), &d));
	assert_string_equal(date_text(d, text), "2025-03-03");
	assert_string_equal(date_text(DATE_NONE, text), "");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ASSERT_ERR(date_parse(str_c(bad[i]), &d), ERR_INPUT);
}

TEST(dates_in_prose)
{
	static const struct {
		const char *text;
		int y, m, d;
		size_t bytes; /* 0: none; 1: all of the text */
	} rows[] = {
		{"2021年1月29日", 2021, 1, 29, 1},
		{"2021年1月29日发布", 2021, 1, 29, 16},
		{"２０２１年０１月２９日", 2021, 1, 29, 1},
		{"2021 年 1 月 29 日", 2021, 1, 29, 1},
		{"20 21年1 月2 9日", 2021, 1, 29, 1},
		{"2021年1月29号", 2021, 1, 29, 1},
		{"2021-01-29", 2021, 1, 29, 1},
		{"2021-01-29 10:30", 2021, 1, 29, 10},
		{"2021－01－29", 2021, 1, 29, 1},
		{"2021/1/9", 2021, 1, 9, 1},
		{"2021.1.29", 2021, 1, 29, 1},
		{"2021.1.29。2020年", 2021, 1, 29, 9},
		{"二〇二一年一月二十九日", 2021, 1, 29, 1},
		{"二○二一年十二月三十一日", 2021, 12, 31, 1},
		{"2021.1.29.1", 0, 0, 0, 0},
		{"2021-01-290", 0, 0, 0, 0},
		{"2021年2月29日", 0, 0, 0, 0},
		{"2021年1月", 0, 0, 0, 0},
		{"2021年13月1日", 0, 0, 0, 0},
		{"21年1月29日", 0, 0, 0, 0},
		{"12021年1月29日", 0, 0, 0, 0},
		{"2021-01/29", 0, 0, 0, 0},
		{" 2021年1月29日", 0, 0, 0, 0},
		{"年月日", 0, 0, 0, 0},
		{"", 0, 0, 0, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct date d = DATE_NONE;
		size_t n = date_parse_zh(str_c(rows[i].text), &d);
		size_t want = rows[i].bytes == 1 ? strlen(rows[i].text) : rows[i].bytes;

		if (n != want || d.year != rows[i].y || d.month != rows[i].m || d.day != rows[i].d)
			fail_msg("%s: %zu bytes, %d-%d-%d", rows[i].text, n, d.year, d.month,
				 d.day);
	}
}

static const struct workdays *days(struct arena *mem)
{
	const struct law *law;

	ASSERT_OK(law_load(NULL, mem, NULL, &law));
	return law_workdays(law);
}

TEST(working_days_of_the_years)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct workdays *w = days(mem);
	static const unsigned want[] = {250, 249, 250, 249, 249, 251, 248, 248};

	ASSERT_INT(workdays_first_year(w), 2019);
	ASSERT_INT(workdays_last_year(w), 2026);
	for (int year = 2019; year <= 2026; year++) {
		unsigned n;

		ASSERT_OK(workdays_between(w, (struct date){year - 1, 12, 31},
					   (struct date){year, 12, 31}, &n));
		ASSERT_INT(n, want[year - 2019]);
	}
}

TEST(limits_agree_with_a_walk_day_by_day)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct workdays *w = days(mem);

	for (struct date from = {2019, 1, 1}; from.year < 2026; from = date_add_days(from, 17)) {
		struct date walk = from, last;

		for (unsigned count = 1; count <= 40; count++) {
			struct workday day;
			unsigned n;

			do {
				walk = date_add_days(walk, 1);
				ASSERT_OK(workdays_day(w, walk, &day));
			} while (!day.open);
			ASSERT_OK(workdays_limit(w, from, count, &last));
			ASSERT_INT(date_cmp(last, walk), 0);
			ASSERT_OK(workdays_between(w, from, last, &n));
			ASSERT_INT(n, count);
		}
	}
}

TEST(days_have_their_kinds)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct workdays *w = days(mem);
	struct workday day;

	ASSERT_OK(workdays_day(w, (struct date){2024, 9, 14}, &day));
	ASSERT_TRUE(day.kind == DAY_MAKEUP && day.open);
	ASSERT_STR(day.name, "中秋节");
	ASSERT_OK(workdays_day(w, (struct date){2024, 2, 9}, &day)); /* New Year's Eve was worked */
	ASSERT_TRUE(day.kind == DAY_WORK && day.open);
	ASSERT_OK(workdays_day(w, (struct date){2020, 1, 31}, &day));
	ASSERT_TRUE(day.kind == DAY_HOLIDAY && !day.open);
	ASSERT_OK(workdays_day(w, (struct date){2020, 2, 1}, &day));
	ASSERT_TRUE(day.kind == DAY_WEEKEND && !day.open);
	ASSERT_ERR(workdays_day(w, (struct date){2027, 1, 1}, &day), ERR_ABSENT);
	ASSERT_ERR(workdays_day(w, (struct date){2018, 12, 29}, &day), ERR_ABSENT);
}

TEST(beyond_the_published_years_there_is_no_answer)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct workdays *w = days(mem);
	struct date last;
	unsigned n;

	ASSERT_OK(workdays_limit(w, (struct date){2026, 12, 30}, 1, &last));
	ASSERT_ERR(workdays_limit(w, (struct date){2026, 12, 30}, 2, &last), ERR_ABSENT);
	ASSERT_ERR(workdays_limit(w, (struct date){2026, 12, 31}, 1, &last), ERR_ABSENT);
	ASSERT_OK(workdays_limit(w, (struct date){2018, 12, 31}, 1, &last));
	ASSERT_INT(last.day, 2);
	ASSERT_ERR(workdays_limit(w, (struct date){2018, 12, 30}, 1, &last), ERR_ABSENT);
	ASSERT_ERR(workdays_limit(w, (struct date){2025, 1, 1}, 4000000000u, &last), ERR_ABSENT);
	ASSERT_ERR(workdays_limit(w, (struct date){2025, 1, 1}, 0, &last), ERR_INPUT);
	ASSERT_ERR(workdays_between(w, (struct date){2025, 1, 1}, (struct date){2027, 1, 1}, &n),
		   ERR_ABSENT);
}

TEST(a_calendar_with_a_hole_is_refused)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct day_exception hole[] = {{.day = {2024, 1, 1}, .off = true},
					     {.day = {2026, 1, 1}, .off = true}};
	const struct day_exception none[] = {{.day = {2024, 1, 6}, .off = true}};
	const struct day_exception eve[] = {{.day = {2018, 12, 31}, .off = true}};
	const struct workdays *w = NULL;

	ASSERT_ERR(workdays_new(mem, hole, 2, NULL, &w), ERR_INPUT);
	ASSERT_ERR(workdays_new(mem, none, 1, NULL, &w), ERR_INPUT);
	ASSERT_ERR(workdays_new(mem, eve, 1, NULL, &w), ERR_INPUT);
	ASSERT_ERR(workdays_new(mem, NULL, 0, NULL, &w), ERR_INPUT);
	ASSERT_TRUE(w == NULL);
}

FAULT_TEST(workdays_new_survives, FAULT_ALLOC)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct day_exception one[] = {{.day = {2024, 1, 1}, .off = true}};
	const struct workdays *w = NULL;

	if (mem != NULL)
		ASSERT_TRUE((workdays_new(mem, one, 1, NULL, &w) == ERR_OK) == (w != NULL));
}
