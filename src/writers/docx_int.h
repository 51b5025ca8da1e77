/* Private parts of the DOCX writer: members that are the same in every document. */
#ifndef GONGKAI_WRITERS_DOCX_INT_H
#define GONGKAI_WRITERS_DOCX_INT_H

extern const char docx_types[];
extern const char docx_rels[];
extern const char docx_document_rels[];
extern const char docx_styles[];
extern const char docx_settings[];
extern const char docx_fonts[];
extern const char docx_footer_odd[];
extern const char docx_footer_even[];
extern const char docx_document_begin[];
extern const char docx_document_end[];

#endif
