/* Runs every file of a corpus folder through a fuzz target, without libFuzzer: a crash, a leak
 * or a sanitizer's complaint ends the program, and the file's name is the last line printed. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct stat st;
	uint8_t *data = NULL;
	int ok = 0;

	if (f == NULL || fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode))
		goto out;
	/* Exactly as many bytes as the file has, so that a read beyond them is seen. */
	data = malloc(st.st_size > 0 ? (size_t)st.st_size : 1);
	if (data == NULL || fread(data, 1, (size_t)st.st_size, f) != (size_t)st.st_size)
		goto out;
	printf("%s\n", path);
	(void)fflush(stdout);
	(void)LLVMFuzzerTestOneInput(data, (size_t)st.st_size);
	ok = 1;
out:
	free(data);
	if (f != NULL)
		(void)fclose(f);
	return ok;
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	struct dirent **names;
	int n, passed = 0, failed = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: %s CORPUS-FOLDER\n", argv[0]);
		return 2;
	}
	n = scandir(argv[1], &names, visible, alphasort);
	if (n < 0) {
		perror(argv[1]);
		return 2;
	}
	for (int i = 0; i < n; i++) {
		char path[4096];

		(void)snprintf(path, sizeof(path), "%s/%s", argv[1], names[i]->d_name);
		if (run_file(path))
			passed++;
		else
			failed++;
		free(names[i]);
	}
	free(names);
	if (passed + failed == 0) {
		fprintf(stderr, "%s: no seeds\n", argv[1]);
		return 2;
	}
	printf("RESULT fuzz %s: %d passed, %d failed, 0 skipped\n", argv[0], passed, failed);
	return failed != 0;
}
