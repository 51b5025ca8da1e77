/* What the text says against what the tables say. */
#include "check_sample.h"

#define APPLY "全年新收政府信息公开申请20件，上年结转1件，本年度办结19件，结转下年度2件。"

TEST(each_kind_of_count_is_compared)
{
	expect_at("新收政府信息公开申请20件", "新收政府信息公开申请22件", "AR-X01", "section.1",
		  "20");
	expect_at("上年结转1件", "上年结转3件", "AR-X02", "section.1", "1");
	expect_at("结转下年度2件", "结转下年度12件", "AR-X02", "section.1", "2");
	expect_at("本年度办结19件", "本年度办结21件", "AR-X02", "section.1", "19");
	expect_at("予以公开10件", "予以公开11件", "AR-X02", "section.1", "10");
	expect_at("部分公开2件", "部分公开4件", "AR-X02", "section.1", "2");
	expect_at("不予公开3件", "不予公开8件", "AR-X02", "section.1", "3");
	expect_at("无法提供2件", "无法提供1件", "AR-X02", "section.1", "2");
	expect_at("不予处理1件", "不予处理2件", "AR-X02", "section.1", "1");
	expect_at("其他处理1件", "其他处理0件", "AR-X02", "section.1", "1");
	expect_at("行政复议2件", "行政复议7件", "AR-T402", "section.4", "2");
	expect_at("行政诉讼1件", "行政诉讼3件", "AR-T402", "section.4", "1");
}

TEST(numerals_and_wordings_are_read)
{
	expect_silence(APPLY, "我局共收到政府信息公开申请二十件，已全部按规定登记。");
	expect_silence(APPLY, "共收到依申请公开事项２１件（含上年结转1件），答复19宗。");
	expect_silence(APPLY, "2023年，本单位受理公民、法人和其他组织提出的政府信息公开申请20份。");
	expect_silence(APPLY, "收到申请20件，其中自然人申请18件，商业企业申请2件。");
	expect_at(APPLY, "收到政府信息公开申请20件，其中自然人申请15件。", "AR-X02", "section.1",
		  "18");
	expect_at(APPLY, "我局共收到政府信息公开申请二十三件。", "AR-X01", "section.1", "20");
}

TEST(other_years_and_subjects_are_left_alone)
{
	expect_silence(APPLY, "收到政府信息公开申请20件，比上年增加5件，同比增长33.3%。");
	expect_silence(APPLY, "2022年收到政府信息公开申请31件。2023年收到政府信息公开申请20件。");
	expect_silence(APPLY, "全年受理网络问政182件，微信公众号发布文章1640篇。");
	expect_silence(APPLY, "通过信函收到申请5件，上半年收到申请9件。");
	expect_silence(APPLY, "办理行政许可申请300件，受理救助申请45件。");
	expect_silence(APPLY, "建议提案答复中予以公开12件。");
	expect_silence("（三）政府信息管理情况", "全年审查规范性文件8件。（三）政府信息管理情况");
}

TEST(another_scope_softens)
{
	struct sample s;
	const struct finding *f;

	sample_begin(&s);
	sample_edit(&s, "全年新收政府信息公开申请20件",
		    "县政府办代表县政府受理政府信息公开申请7件");
	sample_check(&s);
	f = sample_finding(&s, "AR-X01");
	assert_non_null(f);
	ASSERT_INT(f->severity, SEVERITY_WARNING);
	sample_end(&s);
}

TEST(denials_are_compared)
{
	expect_at(APPLY, "全年未收到政府信息公开申请。", "AR-X03", "section.1", "20");
	expect_at("全年因政府信息公开被申请行政复议2件，被提起行政诉讼1件。",
		  "全年未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。", "AR-T402",
		  "section.4", "2");
	expect_silence("全年因政府信息公开被申请行政复议2件，被提起行政诉讼1件。",
		       "行政复议未被纠错，没有败诉的行政诉讼。");
	expect_silence(APPLY, "未收到政协提案，没有收到逾期申请的投诉。");
}

TEST(lists_add_up_to_their_total)
{
	expect_at("政府信息58条", "政府信息57条", "AR-X04", "section.1", "58");
	expect_at("政府信息58条", "政府信息60条", "AR-X04", "section.1", "58");
	/* an open list may be short */
	expect_silence(
		"政府信息58条，其中工作动态30条，通知公告7条，财政信息8条，机构职能9条，其他4条",
		"政府信息58条，其中工作动态30条，通知公告7条");
	expect_silence("政府信息58条，其中", "政府信息58条，主要包括：");
	/* the total stands a paragraph earlier */
	expect_at("全年主动公开政府信息58条，其中", "全年共公开政府信息59条，具体如下：\\n其中",
		  "AR-X04", "section.1", "58");
}

TEST(shares_are_recomputed_with_rounding)
{
	expect_at("63.16%", "64.16%", "AR-X05", "section.1", "63.16%");
	expect_silence("63.16%", "63.2%");
	expect_silence("63.16%", "63.15%");
	expect_silence("63.16%", "63%");
	expect_silence("全年组织业务培训3次", "好评占评价总数的99.58%");
}

TEST(contradictions_are_named)
{
	expect_at("被提起行政诉讼1件。", "被提起行政诉讼1件，均获维持。", "AR-X09", "section.4",
		  NULL);
	expect_at("结转下年度2件。", "结转下年度2件，所有申请均已办结。", "AR-X10", "section.1",
		  NULL);
	expect_silence("结转下年度2件。", "结转下年度2件，均在法定期限内予以答复。");
}

TEST(groups_that_do_not_add_up)
{
	struct sample s;

	sample_begin(&s);
	sample_edit(&s, "予以公开10件", "予以公开8件");
	sample_edit(&s, "无法提供2件", "无法提供5件");
	sample_check(&s);
	ASSERT_STR(sample_finding(&s, "AR-X11")->printed, "20");
	sample_end(&s);
}

TEST(table_2_in_words)
{
	expect_at("（三）政府信息管理情况", "制发行政规范性文件7件。（三）政府信息管理情况",
		  "AR-X08", "section.1", "3");
	expect_silence("（三）政府信息管理情况", "制发行政规范性文件3件。（三）政府信息管理情况");
	expect_at("（三）政府信息管理情况", "作出行政处罚决定9件。（三）政府信息管理情况", "AR-X08",
		  "section.1", "5");
}

TEST(proposals_and_rates)
{
	expect_at("全年组织业务培训3次。", "全年承办人大建议1件，满意率95%。", "AR-X07",
		  "section.1", NULL);
	expect_at("全年组织业务培训3次。", "承办人大建议3件，办结率120%。", "AR-X07", "section.1",
		  NULL);
	expect_silence("全年组织业务培训3次。", "承办人大建议3件，办结率100%，满意率66.7%。");
}

TEST(unpaid_fees_and_denied_notices)
{
	expect_at("2023年未收取信息处理费。", "2023年未发出收费通知，未收取信息处理费。", "AR-T307",
		  "section.6", NULL);
}

TEST(same_thing_same_name)
{
	expect_at("其他4条。", "民事公益4条。设有“民生公益”等栏目。", "AR-X06", "section.1",
		  "民生公益");
}
