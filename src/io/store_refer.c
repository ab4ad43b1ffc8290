/* References between the rows of a folder, checked with the file at hand: the
   schema's own foreign keys cannot say which line is wrong. */
#include <string.h>

#include "io/store_rows.h"
#include "io/store_schema.h"
#include "io/store_sql.h"

static int check_id(Store *store, sqlite3_stmt *stmt, const char *name,
                    const char *parent, const char *id, size_t len, Err *err) {
  sqlite3_bind_text64(stmt, 1, id, len, SQLITE_STATIC, SQLITE_UTF8);
  int status = sql_step(store, stmt, err);
  sqlite3_reset(stmt);
  if (status != 0) return status < 0 ? -1 : 0;
  return err_set(err, ERR_DATA, "column \"%s\": there is no %s \"%.*s\"", name,
                 parent, (int)len, id);
}

/* All parts of one text between '|'. */
static int check_parts(Store *store, sqlite3_stmt *stmt, const char *name,
                       const char *parent, const char *text, size_t len,
                       Err *err) {
  for (const char *end = text + len;;) {
    const char *bar = memchr(text, '|', (size_t)(end - text));
    size_t part = (size_t)((bar == NULL ? end : bar) - text);
    if (check_id(store, stmt, name, parent, text, part, err) != 0) return -1;
    if (bar == NULL) return 0;
    text = bar + 1;
  }
}

int store_rows_refer(Store *store, const Table *rows, const char *name,
                     bool list, const char *parent, const StoreFile *file,
                     size_t *line, Err *err) {
  ptrdiff_t at = table_find(rows, name);
  if (at < 0) return 0;
  const Column *column = rows->columns[at];
  sqlite3_stmt *stmt =
      sql_prepare(store, err, "SELECT 1 FROM \"%w\" WHERE id = ?", parent);
  if (stmt == NULL) return -1;
  int status = 0;
  for (size_t row = 0; status == 0 && row < rows->nrows; row++) {
    size_t len;
    if (column_is_na(column, row)) continue;
    const char *text = column_text(column, row, &len);
    if (len == 0) continue;
    status = list ? check_parts(store, stmt, name, parent, text, len, err)
                  : check_id(store, stmt, name, parent, text, len, err);
    if (status != 0) *line = store_file_line(file, row);
  }
  sqlite3_finalize(stmt);
  return status;
}

int store_rows_document(Store *store, const char *id, const char *doc_date,
                        const StoreSource *source, Err *err) {
  sqlite3_stmt *stmt =
      sql_prepare(store, err,
                  "INSERT INTO source(id, title, doc_date, sha256, path)"
                  " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(id) DO UPDATE SET"
                  " title = ?2, doc_date = ?3, sha256 = ?4, path = ?5");
  sql_bind_text(stmt, 1, id);
  sql_bind_text(stmt, 2, source->title == NULL ? id : source->title);
  sql_bind_text(stmt, 3, doc_date);
  sql_bind_text(stmt, 4, source->sha256);
  sql_bind_text(stmt, 5, source->path);
  return sql_finish(store, stmt, err);
}

int store_rows_remove(Store *store, const char *document, Err *err) {
  for (const char *const *table = store_unit_tables; *table != NULL; table++) {
    sqlite3_stmt *stmt =
        sql_prepare(store, err,
                    "DELETE FROM \"%w\" WHERE file_id IN"
                    " (SELECT id FROM source WHERE document_id = ?)",
                    *table);
    sql_bind_text(stmt, 1, document);
    if (sql_finish(store, stmt, err) != 0) return -1;
  }
  sqlite3_stmt *stmt =
      sql_prepare(store, err, "DELETE FROM source WHERE document_id = ?");
  sql_bind_text(stmt, 1, document);
  return sql_finish(store, stmt, err);
}
