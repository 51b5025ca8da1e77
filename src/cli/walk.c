/* Folders to files. */
#include "cli/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum err add(struct walk *walk, struct str path, bool named, const char *reason,
		    struct arena *mem)
{
	struct walk_item *item = ARENA_PUSH(mem, &walk->items, &walk->n, &walk->cap, LIMIT_PATHS);
	struct str copy;
	enum err e;

	if (item == NULL)
		return arena_err(mem);
	e = arena_str(mem, path, &copy);
	item->path = copy.p;
	item->named = named;
	if (e == ERR_OK && reason != NULL) {
		e = arena_str(mem, str_c(reason), &copy);
		item->reason = copy.p;
	}
	return e;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum err list_folder(const char *path, struct arena *mem, const char ***ret, size_t *ret_n,
			    int *ret_errno)
{
	DIR *folder = opendir(path);
	const char **names = NULL;
	size_t n = 0, cap = 0;
	struct dirent *entry;
	enum err e = ERR_OK;

	*ret_errno = folder ? 0 : errno;
	while (folder != NULL && e == ERR_OK && (entry = readdir(folder)) != NULL) {
		const char **name;
		struct str copy;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		name = ARENA_PUSH(mem, &names, &n, &cap, LIMIT_PATHS);
		e = name ? arena_str(mem, str_c(entry->d_name), &copy) : arena_err(mem);
		if (e == ERR_OK)
			*name = copy.p;
	}
	if (folder != NULL)
		(void)closedir(folder);
	if (n > 0)
		qsort(names, n, sizeof(*names), by_name);
	*ret = names;
	*ret_n = n;
	return e;
}

static enum err walk_folder(struct walk *walk, const char *path, unsigned depth, bool named,
			    struct arena *mem)
{
	const char **names;
	size_t n, bare = strlen(path);
	int code;
	enum err e;

	if (depth > LIMIT_WALK_DEPTH)
		return add(walk, str_c(path), true, "folders nested too deep", mem);
	e = list_folder(path, mem, &names, &n, &code);
	if (e == ERR_OK && code != 0)
		return add(walk, str_c(path), named, strerror(code), mem);
	while (bare > 1 && path[bare - 1] == '/')
		bare--;
	for (size_t i = 0; e == ERR_OK && i < n; i++) {
		struct str child;
		struct stat st;

		e = arena_fmt(mem, &child, "%.*s/%s", (int)bare, path, names[i]);
		if (e != ERR_OK)
			break;
		if (lstat(child.p, &st) != 0)
			continue; /* gone meanwhile */
		if (S_ISDIR(st.st_mode))
			e = walk_folder(walk, child.p, depth + 1, true, mem);
		else if (S_ISREG(st.st_mode) ||
			 (S_ISLNK(st.st_mode) && stat(child.p, &st) == 0 && S_ISREG(st.st_mode)))
			e = add(walk, child, false, NULL, mem);
	}
	return e;
}

enum err walk_paths(const char *const *paths, size_t n, struct arena *mem, struct walk *ret)
{
	struct walk walk = {NULL, 0, 0};
	enum err e = ERR_OK;

	for (size_t i = 0; e == ERR_OK && i < n; i++) {
		struct stat st;

		if (strcmp(paths[i], "-") != 0 && stat(paths[i], &st) == 0 && S_ISDIR(st.st_mode))
			e = walk_folder(&walk, paths[i], 0, true, mem);
		else
			e = add(&walk, str_c(paths[i]), true, NULL, mem);
	}
	if (e == ERR_OK)
		*ret = walk;
	return e;
}
