/* evalua: the program. It opens Lua with paths of its own choosing, puts the
   core into package.preload and hands the arguments to lua/evalua/cli. */
#include <fcntl.h>
#include <lauxlib.h>
#include <libgen.h>
#include <limits.h>
#include <lua.h>
#include <lualib.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int luaopen_evalua_core(lua_State *L);

enum { EXIT_USAGE = 2, EXIT_INTERRUPTED = 130 };

/* The state that a signal handler must reach; set once, before the handler
   is installed, as lua.c does. */
static lua_State *running = NULL;

/* In the registry after a ^C: a message with the word may be the user's. */
#define INTERRUPTED "evalua.interrupted"

static void stop_hook(lua_State *L, lua_Debug *ar) {
  (void)ar;
  alarm(0);
  lua_sethook(L, NULL, 0, 0);
  lua_pushboolean(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, INTERRUPTED);
  luaL_error(L, "interrupted");
}

/* A first ^C raises in Lua, so that files are put away; a second one ends. */
static void on_interrupt(int signal_number) {
  (void)signal_number;
  int when = LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT;
  lua_sethook(running, stop_hook, when, 1);
  alarm(1);
}

/* A read that began just after ^C would not hear of it. */
static void on_alarm(int signal_number) {
  (void)signal_number;
  alarm(1);
}

/* Blocked reads are not taken up again (no SA_RESTART): a ^C must end a
   program that waits for its standard input. */
static void watch_interrupt(lua_State *L) {
  struct sigaction action = {.sa_handler = on_interrupt,
                             .sa_flags = (int)SA_RESETHAND};
  struct sigaction again = {.sa_handler = on_alarm};
  running = L;
  sigaction(SIGALRM, &again, NULL);
  sigaction(SIGINT, &action, NULL);
}

/* Leaves two texts: the folder of lua/ (above the program's own, or where it
   is installed), and that of the C modules beside it. */
static void push_roots(lua_State *L) {
  char path[PATH_MAX];
  ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
  if (len < 0) luaL_error(L, "cannot find the program's own file");
  path[len] = '\0';
  const char *above = dirname(dirname(path));
  lua_pushfstring(L, "%s/lua/evalua/init.lua", above);
  bool in_tree = access(lua_tostring(L, -1), R_OK) == 0;
  lua_pop(L, 1);
  lua_pushfstring(L, in_tree ? "%s" : "%s/share/evalua", above);
  lua_pushfstring(L, in_tree ? "%s/" EVALUA_CMOD : "%s/lib/lua/5.4", above);
}

/* The absolute entries of `path`, each behind a semicolon: nothing that lies
   beside the user's data may be loaded. */
static void push_fixed_entries(lua_State *L, const char *path) {
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  while (*path != '\0') {
    size_t len = strcspn(path, ";");
    if (path[0] == '/') {
      luaL_addchar(&buffer, ';');
      luaL_addlstring(&buffer, path, len);
    }
    path += len + (path[len] == ';');
  }
  luaL_pushresult(&buffer);
}

/* Entry of the package table without the relative ones. */
static void fix_path(lua_State *L, const char *field, const char *own) {
  lua_getglobal(L, "package");
  lua_getfield(L, -1, field);
  push_fixed_entries(L, lua_tostring(L, -1));
  lua_pushfstring(L, "%s%s", own, lua_tostring(L, -1));
  lua_setfield(L, -4, field);
  lua_pop(L, 3);
}

/* Is the file `path` there, and not older than `than`? */
static bool is_current(const char *path, const char *than) {
  struct stat file, other;
  if (stat(path, &file) != 0 || stat(than, &other) != 0) return false;
  if (file.st_mtim.tv_sec != other.st_mtim.tv_sec)
    return file.st_mtim.tv_sec > other.st_mtim.tv_sec;
  return file.st_mtim.tv_nsec >= other.st_mtim.tv_nsec;
}

/* Push the function of a compiled file: luaL_loadfilex would open it twice,
   which counts with thirty of them. False where it cannot be read. */
static bool load_compiled(lua_State *L, const char *path) {
  struct stat info;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t len = -1;
  if (fstat(fd, &info) == 0 && info.st_size > 0) {
    size_t size = (size_t)info.st_size;
    char *bytes = lua_newuserdatauv(L, size, 0);
    len = read(fd, bytes, size);
    if (len != (ssize_t)size ||
        luaL_loadbufferx(L, bytes, size, path, "b") != LUA_OK)
      len = -1;
  }
  close(fd);
  return len > 0;
}

/* A searcher of modules: compiled files of ours, where they are current.
   Its upvalues: the root folder, and that of the compiled files. */
static int search_compiled(lua_State *L) {
  static const char *const tails[] = {".lua", "/init.lua"};
  const char *name = luaL_checkstring(L, 1);
  if (strncmp(name, "evalua", 6) != 0 || (name[6] != '.' && name[6] != '\0'))
    return 0;
  const char *path = luaL_gsub(L, name, ".", "/");
  for (int i = 0; i < 2; i++) {
    const char *source = lua_pushfstring(
        L, "%s/lua/%s%s", lua_tostring(L, lua_upvalueindex(1)), path, tails[i]);
    const char *compiled = lua_pushfstring(
        L, "%s/%s%s", lua_tostring(L, lua_upvalueindex(2)), path, tails[i]);
    if (!is_current(compiled, source)) continue;
    if (!load_compiled(L, compiled)) return 0;
    lua_pushstring(L, source);
    return 2;
  }
  return 0;
}

/* program.load(path): the function of a Lua file of ours, by its path below
   the root folder; or nil and a message. Upvalues as above. */
static int load_own(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  const char *source =
      lua_pushfstring(L, "%s/%s", lua_tostring(L, lua_upvalueindex(1)), path);
  const char *compiled =
      lua_pushfstring(L, "%s/%s", lua_tostring(L, lua_upvalueindex(2)), path);
  if (is_current(compiled, source) && load_compiled(L, compiled)) return 1;
  if (luaL_loadfilex(L, source, "t") == LUA_OK) return 1;
  lua_pushnil(L);
  lua_insert(L, -2);
  return 2;
}

/* Pushes the root folder and that of compiled files: luac/ where we are
   installed, else build/luac. */
static void push_folders(lua_State *L, const char *root) {
  lua_pushstring(L, root);
  lua_pushfstring(L, "%s/luac", root);
  if (access(lua_tostring(L, -1), R_OK) == 0) return;
  lua_pop(L, 1);
  lua_pushfstring(L, "%s/build/luac", root);
}

/* Put the searcher before the one that reads Lua, and "evalua.program" among
   the modules. */
static void add_searcher(lua_State *L, const char *root) {
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "searchers");
  for (lua_Integer i = luaL_len(L, -1); i >= 2; i--) {
    lua_geti(L, -1, i);
    lua_seti(L, -2, i + 1);
  }
  push_folders(L, root);
  lua_pushcclosure(L, search_compiled, 2);
  lua_seti(L, -2, 2);
  lua_getfield(L, -2, "loaded"); /* package searchers loaded */
  lua_newtable(L);
  push_folders(L, root);
  lua_pushcclosure(L, load_own, 2);
  lua_setfield(L, -2, "load");
  lua_setfield(L, -2, "evalua.program");
  lua_pop(L, 3);
}

static void open_libraries(lua_State *L) {
  lua_pushboolean(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, "LUA_NOENV"); /* no LUA_PATH */
  luaL_openlibs(L);
  push_roots(L);
  const char *root = lua_tostring(L, -2);
  lua_pushfstring(L, "%s/lua/?.lua;%s/lua/?/init.lua", root, root);
  fix_path(L, "path", lua_tostring(L, -1));
  lua_pushfstring(L, "%s/?.so", lua_tostring(L, -2));
  fix_path(L, "cpath", lua_tostring(L, -1));
  add_searcher(L, root);
  lua_pop(L, 4);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushcfunction(L, luaopen_evalua_core);
  lua_setfield(L, -2, "evalua.core");
  lua_pop(L, 1);
}

static int with_traceback(lua_State *L) {
  const char *message = luaL_tolstring(L, 1, NULL);
  luaL_traceback(L, L, message, 1);
  return 1;
}

/* argv (a light userdata) -> the exit code of cli.main({arguments}) */
static int run(lua_State *L) {
  char **argv = lua_touserdata(L, 1);
  lua_gc(L, LUA_GCSTOP); /* until the command runs: nothing is garbage yet */
  open_libraries(L);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "evalua.cli");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "main");
  lua_newtable(L);
  for (int i = 0; argv[i] != NULL; i++) {
    lua_pushstring(L, argv[i]);
    lua_seti(L, -2, i);
  }
  lua_call(L, 1, 1);
  return 1;
}

static int report(lua_State *L) {
  const char *message = lua_tostring(L, -1);
  if (message == NULL) message = "an error without a message";
  if (lua_getfield(L, LUA_REGISTRYINDEX, INTERRUPTED) != LUA_TNIL) {
    fputs("evalua: interrupted\n", stderr);
    return EXIT_INTERRUPTED;
  }
  fprintf(stderr, "evalua: internal error, please report it: %s\n", message);
  return EXIT_USAGE;
}

#ifndef __SANITIZE_ADDRESS__
static void *keep(void *state, void *block, size_t old_size, size_t size) {
  (void)state;
  (void)old_size;
  return size == 0 ? NULL : realloc(block, size);
}
#endif

/* The end of Lua. Its memory goes with the process, only finalizers matter;
   but a leak check wants to see it freed. */
static void close_lua(lua_State *L) {
#ifndef __SANITIZE_ADDRESS__
  lua_setallocf(L, keep, NULL);
#endif
  lua_close(L);
}

int main(int argc, char **argv) {
  lua_State *L = luaL_newstate();
  if (argc < 1 || L == NULL) {
    fputs("evalua: not enough memory to start\n", stderr);
    return EXIT_USAGE;
  }
  watch_interrupt(L);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN); /* a full disk is an error like any other */
  lua_pushcfunction(L, with_traceback);
  lua_pushcfunction(L, run);
  lua_pushlightuserdata(L, argv);
  int code =
      lua_pcall(L, 1, 1, 1) == LUA_OK ? (int)lua_tointeger(L, -1) : report(L);
  close_lua(L);
  return code;
}
