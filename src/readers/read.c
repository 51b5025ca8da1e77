/* One door for all files: the kind decides the reader, or the words that say what to do. */
#include "readers/readers.h"

static enum err refuse(enum file_kind kind, struct diag *diag)
{
	switch (kind) {
	case FILE_EMPTY:
		return diag_set(diag, ERR_INPUT, "the file is empty; get it again from its source");
	case FILE_ENCRYPTED:
		return diag_set(diag, ERR_INPUT,
				"the document is encrypted; open it with its password and save it "
				"without one");
	case FILE_PICTURE:
		return diag_set(
			diag, ERR_INPUT,
			"a picture holds no text; give the document that it was made from, or "
			"recognise its text (OCR) first");
	case FILE_ZIP:
		return diag_set(
			diag, ERR_INPUT,
			"a zip archive is no document; unpack it and give the files inside");
	case FILE_JSON:
		return diag_set(diag, ERR_INPUT,
				"JSON is no document; a report in JSON is read as a report");
	default:
		return diag_set(
			diag, ERR_INPUT,
			"not a kind of file that we read; save it as DOCX, PDF, HTML or plain "
			"text");
	}
}

enum err reader_read(struct str bytes, const struct read_env *env, struct arena *mem,
		     struct diag *diag, struct doc **ret)
{
	enum file_kind kind = file_sniff(bytes);

	switch (kind) {
	case FILE_TEXT:
		return text_read(bytes, env, mem, diag, ret);
	case FILE_HTML:
		return html_read(bytes, env, mem, diag, ret);
	case FILE_DOCX:
		return docx_read(bytes, env, mem, diag, ret);
	case FILE_XLSX:
		return xlsx_read(bytes, env, mem, diag, ret);
	case FILE_OFD:
		return ofd_read(bytes, env, mem, diag, ret);
	case FILE_PDF:
		return pdf_read(bytes, env, mem, diag, ret);
	case FILE_OLE:
	case FILE_RTF:
		return office_read(bytes, env, mem, diag, ret);
	default:
		return refuse(kind, diag);
	}
}
