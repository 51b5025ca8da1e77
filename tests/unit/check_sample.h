/* A clean report to be damaged by tests: invented bodies, figures that add up. */
#ifndef GONGKAI_TESTS_CHECK_SAMPLE_H
#define GONGKAI_TESTS_CHECK_SAMPLE_H

#include "law/law.h"
#include "report/check.h"
#include "tests/test.h"

#define ROW_ZERO(key) "\"" key "\":[0,0,0,0,0,0,0],"

/* 2021 form, clean.  NEW 20 (18 natural, 2 business), OLD 1, RT 19, NEXT 2. */
static const char sample_2021[] =
	"{\"schema\":\"gongkai-report/"
	"1\",\"body\":\"青禾县统计局\",\"year\":2023,\"form\":\"2021\","
	"\"title\":\"青禾县统计局2023年政府信息公开工作年度报告\","
	"\"preamble\":\"根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号要求，"
	"现编制青禾县统计局2023年政府信息公开工作年度报告。\","
	"\"period\":{\"from\":\"2023-01-01\",\"to\":\"2023-12-31\"},"
	"\"basis\":[\"国办公开办函〔2021〕30号\"],"
	"\"contact\":{\"address\":\"青禾县中心路1号\",\"postcode\":\"223000\",\"phone\":\"0500-"
	"1234567\","
	"\"email\":null},\"signed\":\"2024-01-19\",\"published\":\"2024-01-25\",\"sections\":["
	"{\"no\":1,\"heading\":\"一、总体情况\",\"text\":"
	"\"（一）主动公开情况。全年主动公开政府信息58条，"
	"其中工作动态30条，通知公告7条，财政信息8条，机构职能9条，其他4条。\\n"
	"（二）依申请公开情况。全年新收政府信息公开申请20件，上年结转1件，本年度办结19件，"
	"结转下年度2件。办结的申请中，予以公开10件，部分公开2件，不予公开3件，无法提供2件，"
	"不予处理1件，其他处理1件，予以公开和部分公开占办结总数的63.16%。\\n"
	"（三）政府信息管理情况。严格执行先审后发。\\n（四）平台建设情况。按月检查栏目更新。\\n"
	"（五）监督保障情况。全年组织业务培训3次。\"},"
	"{\"no\":2,\"heading\":\"二、主动公开政府信息情况\",\"text\":\"\"},"
	"{\"no\":3,\"heading\":\"三、收到和处理政府信息公开申请情况\",\"text\":\"\"},"
	"{\"no\":4,\"heading\":\"四、政府信息公开行政复议、行政诉讼情况\","
	"\"text\":\"全年因政府信息公开被申请行政复议2件，被提起行政诉讼1件。\"},"
	"{\"no\":5,\"heading\":\"五、存在的主要问题及改进情况\","
	"\"text\":\"存在的主要问题：解读形式较单一。\\n改进情况：增加图文解读。\"},"
	"{\"no\":6,\"heading\":\"六、其他需要报告的事项\",\"text\":\"2023年未收取信息处理费。\"}],"
	"\"table2\":{\"rules\":[0,0,0],\"normative\":[3,1,12],\"licence\":[40],\"penalty\":[5],"
	"\"coercion\":[0],\"fee\":[\"0\"],\"procurement_unit\":null},"
	"\"table3\":{\"columns\":[\"natural\",\"business\",\"research\",\"public_welfare\","
	"\"legal_service\",\"other_org\",\"total\"],\"rows\":{"
	"\"new\":[18,2,0,0,0,0,20],\"carry_in\":[1,0,0,0,0,0,1],\"open\":[9,1,0,0,0,0,10],"
	"\"partial\":[2,0,0,0,0,0,2],\"refuse.1\":[1,0,0,0,0,0,1]," ROW_ZERO("refuse.2") ROW_ZERO(
		"refuse.3") "\"refuse.4\":[2,0,0,0,0,0,2]," ROW_ZERO("refuse.5")
		ROW_ZERO("refuse.6") ROW_ZERO("refuse.7") ROW_ZERO(
			"refuse.8") "\"unable.1\":[1,1,0,0,0,0,2]," ROW_ZERO("unable.2")
			ROW_ZERO("unable.3") "\"reject.1\":[1,0,0,0,0,0,1]," ROW_ZERO("reject.2")
				ROW_ZERO("reject.3") ROW_ZERO("reject.4") ROW_ZERO("reject.5")
					ROW_ZERO("other.1") "\"other.2\":[1,0,0,0,0,0,1]," ROW_ZERO(
						"other.3") "\"total\":[17,2,0,0,0,0,19],\"carry_"
							   "out\":[2,0,0,0,0,0,2]}},"
							   "\"table4\":{\"review\":[1,0,0,1,2],"
							   "\"direct\":[0,1,0,0,1],\"after_"
							   "review\":[0,0,0,0,0]},"
							   "\"printed\":{},\"corrected\":{}}";

struct sample {
	struct arena *mem;
	const struct law *law;
	struct str json;
	struct findings found;
};

static void sample_begin(struct sample *s)
{
	struct diag diag = DIAG_INIT;

	s->mem = arena_new(64 * MIB);
	assert_non_null(s->mem);
	ASSERT_OK(law_load(NULL, s->mem, &diag, &s->law));
	s->json = str_c(sample_2021);
}

static void sample_end(struct sample *s)
{
	arena_free(s->mem);
}

/* Replaces the first `old`, which must be there. */
static void sample_edit(struct sample *s, const char *old, const char *with)
{
	size_t at = str_find(s->json, str_c(old), 0);

	if (at == STR_NPOS)
		fail_msg("the sample does not hold %s", old);
	ASSERT_OK(arena_fmt(s->mem, &s->json, STR_FMT "%s" STR_FMT,
			    STR_ARG(str_sub(s->json, 0, at)), with,
			    STR_ARG(str_from(s->json, at + strlen(old)))));
}

static struct report *sample_read(struct sample *s)
{
	struct diag diag = DIAG_INIT;
	struct report *report = NULL;

	if (report_json_read(s->json, s->law, s->mem, &diag, &report) != ERR_OK)
		fail_msg("%s", diag.text);
	return report;
}

static void sample_check(struct sample *s)
{
	struct check_input in = {sample_read(s), NULL};

	ASSERT_OK(report_check(&in, s->mem, &s->found));
}

static __attribute__((unused)) const struct finding *sample_finding(const struct sample *s,
								    const char *rule)
{
	for (size_t i = 0; i < s->found.n; i++) {
		if (str_eq(s->found.items[i].rule, str_c(rule)))
			return &s->found.items[i];
	}
	return NULL;
}

/* One edit, checked: the rule must speak at that place. */
static __attribute__((unused)) void expect_at(const char *old, const char *with, const char *rule,
					      const char *where, const char *expected)
{
	struct sample s;
	const struct finding *f;

	sample_begin(&s);
	sample_edit(&s, old, with);
	sample_check(&s);
	f = sample_finding(&s, rule);
	if (f == NULL)
		fail_msg("%s → %s: no %s", old, with, rule);
	ASSERT_STR(f->where, where);
	if (expected)
		ASSERT_STR(f->expected, expected);
	sample_end(&s);
}

/* One edit, checked: nothing may be said. */
static __attribute__((unused)) void expect_silence(const char *old, const char *with)
{
	struct sample s;

	sample_begin(&s);
	sample_edit(&s, old, with);
	sample_check(&s);
	if (s.found.n)
		fail_msg("%s → " STR_FMT " " STR_FMT, with, STR_ARG(s.found.items[0].rule),
			 STR_ARG(s.found.items[0].message));
	sample_end(&s);
}

#endif
