/* Every named maximum of the program, in one place.  A limit that is passed gives ERR_LIMIT
 * and a message that names it; nothing is cut silently. */
#ifndef GONGKAI_BASE_LIMITS_H
#define GONGKAI_BASE_LIMITS_H

#define MIB ((size_t)1024 * 1024)

/* one input file */
#define LIMIT_FILE_BYTES (64 * MIB)        /* size on disk of any file we read */
#define LIMIT_HTML_BYTES (32 * MIB)        /* an HTML page or text, after decoding to UTF-8 */
#define LIMIT_DOC_MEMORY_BYTES (160 * MIB) /* arena of one document and its report */
#define LIMIT_PROCESS_BYTES (256 * MIB)    /* what one file may cost a process in all */

/* containers (DOCX, XLSX, OFD) */
#define LIMIT_ZIP_ENTRIES 4096
#define LIMIT_ZIP_ENTRY_BYTES (48 * MIB) /* one member, unpacked */
#define LIMIT_ZIP_TOTAL_BYTES (96 * MIB) /* all members that are read, unpacked */
#define LIMIT_ZIP_RATIO 400              /* unpacked : packed, above 1 MiB */

/* markup and trees */
#define LIMIT_XML_DEPTH 256
#define LIMIT_HTML_DEPTH 512
#define LIMIT_MARKUP_ATTRS 128   /* of one element: libxml2 compares each with all others */
#define LIMIT_MARKUP_NAMES 60000 /* different names in a file: libxml2's table stops growing */
#define LIMIT_XML_REMARKS 20000  /* comments and instructions: libxml2 gathers those in a row */
#define LIMIT_OPC_PATH_BYTES 4096
#define LIMIT_JSON_DEPTH 64
#define LIMIT_JSON_BYTES (16 * MIB)
#define LIMIT_JSON_VALUES 500000 /* cJSON spends some 80 bytes on each */

/* the neutral document */
#define LIMIT_DOC_BLOCKS 200000
#define LIMIT_DOC_NOTES 1000
#define LIMIT_PARA_BYTES (1 * MIB)
#define LIMIT_TABLE_ROWS 20000
#define LIMIT_TABLE_COLS 512
#define LIMIT_TABLE_CELLS 400000
#define LIMIT_TABLES 2000
#define LIMIT_PDF_PAGES 300
#define LIMIT_PDF_WORDS 400000
#define LIMIT_PDF_WRITE_PAGES 2000 /* pages of one PDF that we write */
#define LIMIT_XLSX_SHEETS 256      /* sheets of one workbook that we write */

/* the report */
#define LIMIT_SECTIONS 64
#define LIMIT_FINDINGS 2000
#define LIMIT_QUOTE_CHARS 60
#define LIMIT_MESSAGE_CHARS 300
#define LIMIT_DIFF_PARAS 4000

/* children */
#define LIMIT_CHILD_OUTPUT_BYTES (64 * MIB)
#define LIMIT_CHILD_MEMORY_BYTES (256 * MIB)   /* pdftotext */
#define LIMIT_OFFICE_MEMORY_BYTES (2048 * MIB) /* LibreOffice */
#define LIMIT_CHILD_CPU_S 20
#define LIMIT_CHILD_WALL_S 30
#define LIMIT_OFFICE_WALL_S 120

/* the command line */
#define LIMIT_PATHS 200000
#define LIMIT_WALK_DEPTH 64
#define LIMIT_JOBS 64
#define LIMIT_FILE_CPU_S 60 /* of our own process; the readers' limits hold far below it */
#define LIMIT_OUTPUT_BYTES (256 * MIB)

/* days and law tables */
#define LIMIT_LAW_FILE_BYTES (4 * MIB)
#define LIMIT_LAW_ROWS 100000
#define LIMIT_TERM_DAYS 3660
#define LIMIT_FEE_COUNT 1000000 /* applications or pages of one fee */
#define LIMIT_FEE_FEN 100000000 /* price of one item or page */
#define LIMIT_LAW_CELLS 16      /* columns of a law table */
#define LIMIT_FORM_COLS 16      /* columns of a row of the form */
#define LIMIT_LABEL_CHARS 200   /* a printed label; what is longer is no label */

#define LIMIT_DIAG_BYTES 512

#endif
