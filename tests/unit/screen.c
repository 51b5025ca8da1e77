/* Personal data: found with its checks, left alone without, masked. */
#include "screen/screen.h"

#include "base/limits.h"
#include "tests/test.h"

static void one(const char *text, enum screen_kind kind, const char *value, const char *masked)
{
	struct screen_hit hit;
	size_t at = 0;

	if (!screen_next(str_c(text), &at, &hit))
		fail_msg("nothing in %s", text);
	ASSERT_INT(hit.kind, kind);
	assert_string_equal(hit.value, value);
	assert_string_equal(hit.masked, masked);
	ASSERT_TRUE(!screen_next(str_c(text), &at, &hit));
}

static void none(const char *text)
{
	struct screen_hit hit;
	size_t at = 0;

	if (screen_next(str_c(text), &at, &hit))
		fail_msg("%s in %s", hit.value, text);
}

TEST(identity_numbers_by_checksum_and_date)
{
	ASSERT_TRUE(screen_id_valid(STR("11010519491231002X")));
	ASSERT_TRUE(screen_id_valid(STR("440524188001010014")) == false); /* born before 1900 */
	ASSERT_TRUE(screen_id_valid(STR("370305199003071019")));
	ASSERT_TRUE(!screen_id_valid(STR("370305199003071018")));
	ASSERT_TRUE(!screen_id_valid(STR("990305199003071019")));
	one("身份证11010519491231002x号", SCREEN_ID, "11010519491231002X", "110*************2X");
	one("３７０３０５１９９００３０７１０１９", SCREEN_ID, "370305199003071019",
	    "370*************19");
	one("370305 19900307 1019", SCREEN_ID, "370305199003071019", "370*************19");
	none("文件编号370305199002301018");
}

TEST(mobile_numbers_stand_alone)
{
	one("电话：13912345678。", SCREEN_MOBILE, "13912345678", "139****5678");
	one("139-1234-5678", SCREEN_MOBILE, "13912345678", "139****5678");
	one("+8613912345678", SCREEN_MOBILE, "13912345678", "139****5678");
	none("http://x.cn/art/13912345678.html");
	none("13912345678元");
	none("0500-13912345");
	none("12912345678");
}

TEST(bank_cards_by_luhn_and_prefix)
{
	one("卡号6222 0212 3456 7890 128", SCREEN_CARD, "6222021234567890128",
	    "6222***********0128");
	none("流水6222021234567890129");
	none("索引号11341702486344515");
}

TEST(mail_addresses)
{
	one("邮箱：zhangsan@example.gov.cn）", SCREEN_EMAIL, "zhangsan@example.gov.cn",
	    "z***@example.gov.cn");
	none("a@b 和 @某人");
}

TEST(masking_keeps_the_rest)
{
	AUTO(arena) mem = arena_new(MIB);
	struct str got;

	ASSERT_OK(screen_mask(STR("请联系13912345678或者0500-1234567"), mem, &got));
	ASSERT_STR(got, "请联系139****5678或者0500-1234567");
	ASSERT_OK(screen_mask(STR("没有"), mem, &got));
	ASSERT_STR(got, "没有");
}
