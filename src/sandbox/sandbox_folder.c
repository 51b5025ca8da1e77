/* The folder of a job: made fresh, filled with its input, emptied of whatever was left. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "sandbox/sandbox_int.h"

#define REMOVE_DEPTH 64 /* deeper than any program nests; what lies below stays */

enum err sandbox_folder_make(uid_t uid, char ret_path[SANDBOX_PATH_BYTES])
{
	const char *base = getenv("TMPDIR");
	char path[SANDBOX_PATH_BYTES];
	int n;

	if (base == NULL || base[0] != '/')
		base = "/var/tmp"; /* not /tmp: the child finds this folder under that name */
	n = snprintf(path, sizeof(path), "%s/gongkai-XXXXXX", base);
	if (n < 0 || (size_t)n >= sizeof(path))
		snprintf(path, sizeof(path), "/var/tmp/gongkai-XXXXXX");
	if (fault_point(FAULT_IO) || mkdtemp(path) == NULL)
		return ERR_IO;
	if (uid != 0 && chown(path, uid, uid) != 0) {
		rmdir(path);
		return ERR_IO;
	}
	memcpy(ret_path, path, sizeof(path));
	return ERR_OK;
}

/* `dir` is taken over and closed. */
static void empty_folder(int dir, int depth)
{
	DIR *d = fdopendir(dir);
	struct dirent *entry;

	if (d == NULL) {
		close(dir);
		return;
	}
	(void)!fchmod(dir, S_IRWXU); /* its maker may have closed it to himself */
	while ((entry = readdir(d)) != NULL) {
		struct stat st;
		int sub;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (unlinkat(dir, entry->d_name, 0) == 0)
			continue;
		if (fstatat(dir, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
		    !S_ISDIR(st.st_mode))
			continue;
		(void)!fchmodat(dir, entry->d_name, S_IRWXU,
				0); /* a folder, so no link is followed */
		sub = openat(dir, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (sub >= 0 && depth < REMOVE_DEPTH)
			empty_folder(sub, depth + 1);
		else if (sub >= 0)
			close(sub);
		unlinkat(dir, entry->d_name, AT_REMOVEDIR);
	}
	closedir(d);
}

void sandbox_folder_remove(const char *path)
{
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (dir >= 0)
		empty_folder(dir, 0);
	rmdir(path);
}

static enum err write_all(int fd, struct str bytes)
{
	size_t done = 0;

	while (done < bytes.n) {
		ssize_t n = fault_point(FAULT_IO) ? -1 : write(fd, bytes.p + done, bytes.n - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ERR_IO;
		done += (size_t)n;
	}
	return ERR_OK;
}

enum err sandbox_folder_put(const char *folder, const char *name, struct str bytes, uid_t uid)
{
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	enum err e = ERR_IO;
	int fd;

	if (dir < 0)
		return ERR_IO;
	fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd >= 0) {
		e = write_all(fd, bytes);
		if (e == ERR_OK && uid != 0 && fchown(fd, uid, uid) != 0)
			e = ERR_IO;
		if (close(fd) != 0 && e == ERR_OK)
			e = ERR_IO;
	}
	close(dir);
	return e;
}

/* The child made this file: it may be a link, a pipe, or larger than it may be. */
enum err sandbox_folder_get(const char *folder, const char *name, size_t max_bytes,
			    struct diag *diag, struct buf *out)
{
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	enum err e = ERR_INPUT;
	char step[4096];
	struct stat st;
	size_t got = 0;
	ssize_t n = 0;
	int fd;

	if (dir < 0)
		return ERR_IO;
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	close(dir);
	if (fd < 0)
		return diag_set(diag, ERR_INPUT, "the converter left no output");
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		e = ERR_OK;
		while (got <= max_bytes && (n = read(fd, step, sizeof(step))) > 0) {
			got += (size_t)n;
			buf_add(out, str_n(step, (size_t)n));
		}
		if (n < 0)
			e = ERR_IO;
		else if (got > max_bytes)
			e = diag_set(diag, ERR_LIMIT,
				     "the converter's output is larger than %zu MiB",
				     max_bytes / MIB);
	} else {
		e = diag_set(diag, e, "the converter's output is not a regular file");
	}
	close(fd);
	return e == ERR_OK ? buf_end(out) : e;
}
