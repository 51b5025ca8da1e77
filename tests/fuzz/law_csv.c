/* Any bytes as a table of the law (the first byte names which), and any text as a label. */
#include "law/law_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void match_all(const struct law *law, struct str label, struct arena *mem)
{
	size_t n;
	const struct form *forms = law_forms(law, &n);
	struct heading_match heading;
	struct label_match row;

	for (size_t f = 0; f < n; f++) {
		for (int no = 2; no <= 4; no++) {
			if (law_match_row(law, &forms[f], no, label, mem, &row) != ERR_OK ||
			    (row.row == NULL) != (row.fit == FIT_NONE))
				__builtin_trap();
			(void)law_match_col(&form_table(&forms[f], no)->rows[0], label);
		}
	}
	if (law_match_heading(law, label, mem, &heading) != ERR_OK ||
	    (heading.no == 0) != (heading.fit == FIT_NONE))
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *mem = arena_new(64 * MIB);
	struct embed_file given;
	struct diag diag = DIAG_INIT;
	const struct law *law;
	enum err e;

	if (size == 0 || mem == NULL) {
		arena_free(mem);
		return 0;
	}
	given.name = law_files[data[0] % law_files_n].name;
	given.bytes = str_n((const char *)data + 1, size - 1);
	e = law_load_given(&given, mem, &diag, &law);
	if (e == ERR_INPUT && diag.text[0] == '\0')
		__builtin_trap(); /* a person must be told what is wrong */
	if (e == ERR_OK) {
		struct fee fee;
		struct date last;

		e = law_fee(law, FEE_ITEMS, (int64_t)(size % 1000), (struct date){2025, 1, 1}, mem,
			    NULL, &fee);
		if (e == ERR_OK)
			e = workdays_limit(law_workdays(law), (struct date){2025, 1, 1}, 20, &last);
		match_all(law, given.bytes, mem);
	}
	arena_free(mem);
	return 0;
}
