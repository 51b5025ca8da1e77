/* The rule table over a report made of arbitrary bytes: JSON when it is one, else a clean
 * report whose first section and body are the text. */
#include <stdint.h>
#include <stdlib.h>

#include "law/law.h"
#include "report/check.h"
#include "report/findings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena *law_mem;

__attribute__((destructor)) static void law_gone(void)
{
	arena_free(law_mem);
}

static const struct law *the_law(void)
{
	static const struct law *law;
	struct diag diag = DIAG_INIT;

	if (law == NULL) {
		law_mem = arena_new(64 * MIB);
		if (law_mem == NULL || law_load(NULL, law_mem, &diag, &law) != ERR_OK)
			abort();
	}
	return law;
}

/* A report of one section that holds the text, over blank tables of its form. */
static enum err of_text(struct str text, struct arena *mem, struct report **ret)
{
	struct diag diag = DIAG_INIT;
	struct report_section *sections;
	struct report_para *paras;
	struct report *r;
	enum err e = report_blank(the_law(), str_sub(text, 0, 30), 2023, mem, &diag, &r);

	if (e != ERR_OK)
		return e;
	sections = ARENA_ARRAY(mem, struct report_section, 1);
	paras = ARENA_ARRAY(mem, struct report_para, 2);
	if (sections == NULL || paras == NULL)
		return arena_err(mem);
	paras[0].text = str_sub(text, 0, text.n / 2);
	paras[1].text = str_from(text, text.n / 2);
	sections[0] = (struct report_section){
		.no = 1, .heading = STR("一、总体情况"), .paras = paras, .n_paras = 2};
	r->sections = sections;
	r->n_sections = 1;
	for (int table = 3; table <= 4; table++) {
		const struct report_table *t = report_table(r, table);

		for (size_t i = 0; i < t->n_rows; i++) {
			for (size_t k = 0; k < t->rows[i].form->n_cols; k++) {
				t->rows[i].cells[k].kind = CELL_COUNT;
				t->rows[i].cells[k].count = (int64_t)(i * 3 + k);
			}
		}
	}
	*ret = r;
	return ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct str bytes = str_n((const char *)data, size);
	struct diag diag = DIAG_INIT;
	struct report *report = NULL;
	struct findings found = {.n = 0};
	struct findings_of of = {.file = STR("x")};
	AUTO_BUF(out, 32 * MIB);
	enum err e;

	if (mem == NULL || size > 200000)
		return 0;
	if (size && data[0] == '{')
		e = report_json_read(bytes, the_law(), mem, &diag, &report);
	else
		e = of_text(bytes, mem, &report);
	if (e == ERR_OK)
		e = report_check(&(struct check_input){report, report}, mem, &found);
	if (e != ERR_OK)
		return 0;
	of.report = report;
	of.findings = &found;
	if (findings_json(&of, SEVERITY_INFO, &out) == ERR_OK) {
		struct doc *doc;

		if (report_marked_doc(report, &found, SEVERITY_INFO, mem, &doc) == ERR_NOMEM)
			return 0;
	}
	return 0;
}
