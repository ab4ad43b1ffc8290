/* core.system: what the program needs to know of the machine. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bind/bind.h"

static const char DIRECTORY[] = "evalua.directory";

static int fail_errno(lua_State *L, const char *what, const char *path) {
  Err err;
  err_set(&err, ERR_IO, "cannot %s '%s' (%s)", what, path, strerror(errno));
  return evl_fail(L, &err);
}

/* system.write(fd, text): all of it; true | nil, message, code. A reader that
   has gone away is the code "pipe". */
static int lsystem_write(lua_State *L) {
  int fd = (int)luaL_checkinteger(L, 1);
  size_t len;
  const char *text = luaL_checklstring(L, 2, &len);
  while (len > 0) {
    ssize_t put = write(fd, text, len);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      int code = errno;
      fail_errno(L, "write to", fd == 1 ? "standard output" : "standard error");
      if (code != EPIPE) return 3;
      lua_pop(L, 1);
      lua_pushliteral(L, "pipe");
      return 3;
    }
    text += put;
    len -= (size_t)put;
  }
  lua_pushboolean(L, 1);
  return 1;
}

/* system.columns(fd): the terminal's width, or nil when fd is none */
static int lsystem_columns(lua_State *L) {
  int fd = (int)luaL_checkinteger(L, 1);
  struct winsize size;
  if (!isatty(fd)) return 0;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    lua_pushinteger(L, 80);
  else lua_pushinteger(L, size.ws_col);
  return 1;
}

/* system.kind(path): "file", "directory", "other", or nil */
static int lsystem_kind(lua_State *L) {
  struct stat info;
  if (stat(luaL_checkstring(L, 1), &info) != 0) return 0;
  const char *kind = S_ISREG(info.st_mode)   ? "file"
                     : S_ISDIR(info.st_mode) ? "directory"
                                             : "other";
  lua_pushstring(L, kind);
  return 1;
}

/* The open directory belongs to a userdata, since building the list may
   raise; it is closed with the list done or by the collector. */
static void close_directory(DIR **dir) {
  if (*dir != NULL) closedir(*dir);
  *dir = NULL;
}

static int ldirectory_free(lua_State *L) {
  close_directory(luaL_checkudata(L, 1, DIRECTORY));
  return 0;
}

/* system.list(path): names in a directory, unsorted, without . and .. */
static int lsystem_list(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  DIR **dir = evl_new(L, sizeof *dir, DIRECTORY);
  *dir = opendir(path);
  if (*dir == NULL) return fail_errno(L, "open", path);
  lua_newtable(L);
  lua_Integer n = 0;
  for (struct dirent *entry; (entry = readdir(*dir)) != NULL;) {
    const char *name = entry->d_name;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) continue;
    lua_pushstring(L, name);
    lua_seti(L, -2, ++n);
  }
  close_directory(dir);
  return 1;
}

/* system.mkdir(path): true also when the directory is there already */
static int lsystem_mkdir(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  if (mkdir(path, 0777) != 0 && errno != EEXIST)
    return fail_errno(L, "make directory", path);
  lua_pushboolean(L, 1);
  return 1;
}

static const luaL_Reg functions[] = {
    {"write", lsystem_write}, {"columns", lsystem_columns},
    {"kind", lsystem_kind},   {"list", lsystem_list},
    {"mkdir", lsystem_mkdir}, {NULL, NULL}};

static const luaL_Reg directory_meta[] = {{"__gc", ldirectory_free},
                                          {NULL, NULL}};

int evl_open_system(lua_State *L) {
  evl_type(L, DIRECTORY, directory_meta, NULL);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
