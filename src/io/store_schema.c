/* The schema follows the data model of a unit's year: every table STRICT,
   every foreign key indexed (else each deleted row scans the child table),
   money in fen. Each row that came from a folder knows its file and the line
   there: `file_id`, `file_line`.

   A CHECK that holds a list of words is named "column: words", from which
   store_rows.c makes its message. A migration is never edited once released:
   the next change is the next migration. */
#include "io/store_schema.h"

#include "io/store_sql.h"

#define FROM_FILE                                                             \
  "source_id TEXT REFERENCES source(id), file_id TEXT REFERENCES source(id)," \
  "file_line INTEGER"

static const char *const migration_1[] = {
    /* a document, or a data file that was imported: then document_id is what
       its folder belongs to, and the last three tell what was taken in */
    "CREATE TABLE source(id TEXT PRIMARY KEY, title TEXT NOT NULL,"
    " doc_date TEXT, sha256 TEXT, path TEXT,"
    " document_id TEXT REFERENCES source(id), table_name TEXT COLLATE NOCASE,"
    " row_count INTEGER, imported_on TEXT) STRICT;"
    "CREATE INDEX source_document ON source(document_id);"
    "CREATE INDEX source_table ON source(table_name, sha256);",

    /* what the amounts of a file add up to: minor_sum / 10^scale, with the
       file's own scale; NULL when the sum has no room in 64 bits */
    "CREATE TABLE source_sum(source_id TEXT REFERENCES source(id)"
    " ON DELETE CASCADE, column_name TEXT, scale INTEGER NOT NULL,"
    " minor_sum INTEGER, PRIMARY KEY(source_id, column_name))"
    " WITHOUT ROWID, STRICT;",

    /* types, scales and units of an analyst's own tables */
    "CREATE TABLE table_column(table_name TEXT COLLATE NOCASE, seq INTEGER,"
    " column_name TEXT NOT NULL," /* in SQL, where 'A' and 'a' are the same */
    " name TEXT NOT NULL,"        /* as in the file */
    " type TEXT NOT NULL CONSTRAINT \"type: decimal, int, real, text, year,"
    " quarter, month, day, bool\" CHECK(type IN('decimal','int','real','text',"
    "'year','quarter','month','day','bool')),"
    " scale INTEGER NOT NULL DEFAULT 0 CHECK(scale BETWEEN 0 AND 18),"
    " unit TEXT, PRIMARY KEY(table_name, seq)) WITHOUT ROWID, STRICT;",

    "CREATE TABLE unit(id TEXT PRIMARY KEY,"
    " parent_id TEXT REFERENCES unit(id), parent2_id TEXT REFERENCES unit(id),"
    " kind TEXT NOT NULL CONSTRAINT \"kind: subdistrict, village, community,"
    " office, grid1, grid2, grid3, group, owners_committee\""
    " CHECK(kind IN('subdistrict','village','community','office','grid1',"
    "'grid2','grid3','group','owners_committee')),"
    " name_zh TEXT NOT NULL, name_en TEXT, alias TEXT, ext_code TEXT," FROM_FILE
    ") STRICT;"
    "CREATE INDEX unit_parent ON unit(parent_id);"
    "CREATE INDEX unit_parent2 ON unit(parent2_id);"
    "CREATE INDEX unit_source ON unit(source_id);"
    "CREATE INDEX unit_file ON unit(file_id);",

    "CREATE TABLE code(scheme TEXT, code TEXT, name_zh TEXT NOT NULL,"
    " name_en TEXT, parent TEXT, cofog TEXT, origin TEXT," FROM_FILE ","
    " PRIMARY KEY(scheme, code)) WITHOUT ROWID, STRICT;"
    "CREATE INDEX code_source ON code(source_id);"
    "CREATE INDEX code_file ON code(file_id);",

    "CREATE TABLE project(id TEXT PRIMARY KEY,"
    " unit_id TEXT NOT NULL REFERENCES unit(id),"
    " kind TEXT NOT NULL CONSTRAINT \"kind: estate_commercial,"
    " estate_resettlement, estate_public_rental, construction, programme,"
    " campaign\" CHECK(kind IN('estate_commercial','estate_resettlement',"
    "'estate_public_rental','construction','programme','campaign')),"
    " name_zh TEXT NOT NULL, name_en TEXT, alias TEXT,"
    " status TEXT NOT NULL CONSTRAINT \"status: planned, under_construction,"
    " partly_delivered, completed, cancelled, not_stated\" CHECK(status IN("
    "'planned','under_construction','partly_delivered','completed',"
    "'cancelled','not_stated')),"
    " owners_committee INTEGER CONSTRAINT \"owners_committee: 0, 1\""
    " CHECK(owners_committee IN(0,1)), note TEXT," FROM_FILE ") STRICT;"
    "CREATE INDEX project_unit ON project(unit_id);"
    "CREATE INDEX project_source ON project(source_id);"
    "CREATE INDEX project_file ON project(file_id);",

    /* value = num / 10^scale, with the digits as written */
    "CREATE TABLE fact(id TEXT PRIMARY KEY,"
    " unit_id TEXT NOT NULL REFERENCES unit(id), period TEXT NOT NULL,"
    " section TEXT NOT NULL, grp TEXT NOT NULL, name_zh TEXT NOT NULL,"
    " name_en TEXT, num INTEGER NOT NULL,"
    " scale INTEGER NOT NULL DEFAULT 0 CHECK(scale BETWEEN 0 AND 6),"
    " unit_zh TEXT NOT NULL,"
    " qualifier TEXT NOT NULL CONSTRAINT \"qualifier: exact, approx_above,"
    " approx, at_least\" CHECK(qualifier IN('exact','approx_above','approx',"
    "'at_least')), phrase TEXT, line INTEGER,"
    " basis TEXT CONSTRAINT \"basis: stated, counted\""
    " CHECK(basis IN('stated','counted'))," FROM_FILE ") STRICT;"
    "CREATE INDEX fact_unit ON fact(unit_id);"
    "CREATE INDEX fact_source ON fact(source_id);"
    "CREATE INDEX fact_file ON fact(file_id);",

    /* one row = one amount of one version; nature NULL: a total that is not
       split; unit_zh: the unit in which it was published */
    "CREATE TABLE budget_line(id INTEGER PRIMARY KEY,"
    " unit_id TEXT NOT NULL REFERENCES unit(id), year INTEGER NOT NULL,"
    " period TEXT NOT NULL DEFAULT 'Y' CONSTRAINT \"period: Y, Q1 to Q4, M01"
    " to M16\" CHECK(period = 'Y' OR period GLOB 'Q[1-4]' OR"
    " period GLOB 'M0[1-9]' OR period GLOB 'M1[0-6]'),"
    " version TEXT NOT NULL CONSTRAINT \"version: original, adjusted,"
    " executed\" CHECK(version IN('original','adjusted','executed')),"
    " flow TEXT NOT NULL CONSTRAINT \"flow: income, expense, carry_in,"
    " carry_out\" CHECK(flow IN('income','expense','carry_in','carry_out')),"
    " nature TEXT CONSTRAINT \"nature: basic, project, contingency,"
    " interest\" CHECK(nature IN('basic','project','contingency',"
    "'interest')), func TEXT, econ TEXT,"
    " project_id TEXT REFERENCES project(id), tag TEXT,"
    " amount_fen INTEGER NOT NULL, unit_zh TEXT NOT NULL DEFAULT '元',"
    " qualifier TEXT NOT NULL DEFAULT 'exact' CONSTRAINT \"qualifier: exact,"
    " approx_above, approx, at_least\" CHECK(qualifier IN('exact',"
    "'approx_above','approx','at_least')),"
    " fact_id TEXT REFERENCES fact(id)," FROM_FILE ") STRICT;"
    "CREATE UNIQUE INDEX budget_line_key ON budget_line(unit_id, year, period,"
    " version, flow, ifnull(nature,''), ifnull(func,''), ifnull(econ,''),"
    " ifnull(project_id,''), ifnull(tag,''));"
    "CREATE INDEX budget_line_project ON budget_line(project_id);"
    "CREATE INDEX budget_line_fact ON budget_line(fact_id);"
    "CREATE INDEX budget_line_source ON budget_line(source_id);"
    "CREATE INDEX budget_line_file ON budget_line(file_id);",

    "CREATE TABLE rubric(rubric_id TEXT, seq INTEGER, path TEXT NOT NULL,"
    " name_zh TEXT NOT NULL, weight_milli INTEGER NOT NULL,"
    " rule TEXT NOT NULL CONSTRAINT \"rule: prop, inv, band, step, slope,"
    " checklist, penalty, qual, exec_rate\" CHECK(rule IN('prop','inv','band',"
    "'step','slope','checklist','penalty','qual','exec_rate')),"
    " formula TEXT, params TEXT," FROM_FILE ","
    " PRIMARY KEY(rubric_id, seq)) WITHOUT ROWID, STRICT;"
    "CREATE INDEX rubric_source ON rubric(source_id);"
    "CREATE INDEX rubric_file ON rubric(file_id);",

    "CREATE TABLE indicator(id TEXT PRIMARY KEY,"
    " unit_id TEXT NOT NULL REFERENCES unit(id), year INTEGER NOT NULL,"
    " field TEXT NOT NULL, level1 TEXT NOT NULL, level2 TEXT NOT NULL,"
    " name_zh TEXT NOT NULL, name_en TEXT,"
    " direction TEXT NOT NULL CONSTRAINT \"direction: ge, le, eq, qual, info\""
    " CHECK(direction IN('ge','le','eq','qual','info')), unit_zh TEXT,"
    " target_num INTEGER, target_scale INTEGER"
    " CHECK(target_scale BETWEEN 0 AND 6),"
    " target_basis TEXT CONSTRAINT \"target_basis: stated, claim\""
    " CHECK(target_basis IN('stated','claim')),"
    " target_fact_id TEXT REFERENCES fact(id),"
    " fact_id TEXT REFERENCES fact(id),"
    " project_id TEXT REFERENCES project(id), rubric_id TEXT,"
    " rubric_seq INTEGER, weight_milli INTEGER,"
    " qual_pct INTEGER CONSTRAINT \"qual_pct: 0 to 100\""
    " CHECK(qual_pct BETWEEN 0 AND 100), reason_zh TEXT," FROM_FILE ","
    " FOREIGN KEY(rubric_id, rubric_seq) REFERENCES rubric(rubric_id, seq))"
    " STRICT;"
    "CREATE INDEX indicator_unit ON indicator(unit_id);"
    "CREATE INDEX indicator_target_fact ON indicator(target_fact_id);"
    "CREATE INDEX indicator_fact ON indicator(fact_id);"
    "CREATE INDEX indicator_project ON indicator(project_id);"
    "CREATE INDEX indicator_rubric ON indicator(rubric_id, rubric_seq);"
    "CREATE INDEX indicator_source ON indicator(source_id);"
    "CREATE INDEX indicator_file ON indicator(file_id);",

    "CREATE TABLE plan_item(id TEXT PRIMARY KEY,"
    " unit_id TEXT NOT NULL REFERENCES unit(id), year INTEGER NOT NULL,"
    " direction_no INTEGER NOT NULL, direction_zh TEXT NOT NULL,"
    " direction_en TEXT, theme_no INTEGER, theme_zh TEXT NOT NULL,"
    " theme_en TEXT, text_zh TEXT NOT NULL, text_en TEXT,"
    " project_id TEXT REFERENCES project(id),"
    " indicator_id TEXT REFERENCES indicator(id),"
    " status TEXT NOT NULL DEFAULT 'open' CONSTRAINT \"status: open, started,"
    " done, dropped\" CHECK(status IN('open','started','done','dropped')),"
    " progress_pct INTEGER CONSTRAINT \"progress_pct: 0 to 100\""
    " CHECK(progress_pct BETWEEN 0 AND 100), phrase TEXT, line "
    "INTEGER," FROM_FILE ") STRICT;"
    "CREATE INDEX plan_item_unit ON plan_item(unit_id);"
    "CREATE INDEX plan_item_project ON plan_item(project_id);"
    "CREATE INDEX plan_item_indicator ON plan_item(indicator_id);"
    "CREATE INDEX plan_item_source ON plan_item(source_id);"
    "CREATE INDEX plan_item_file ON plan_item(file_id);",

    /* what the audit reads: the names of groups, the headings, the names and
       claims of the document as they stand there, and its lists */
    "CREATE TABLE fact_group(source_id TEXT REFERENCES source(id),"
    " section TEXT, grp TEXT, name_zh TEXT NOT NULL, name_en TEXT,"
    " file_id TEXT REFERENCES source(id), file_line INTEGER,"
    " PRIMARY KEY(source_id, section, grp)) WITHOUT ROWID, STRICT;"
    "CREATE INDEX fact_group_file ON fact_group(file_id);"
    "CREATE TABLE heading(id TEXT PRIMARY KEY, line INTEGER NOT NULL,"
    " path TEXT NOT NULL, level INTEGER NOT NULL, number TEXT, title_zh TEXT,"
    " title_en TEXT, section TEXT, grp TEXT," FROM_FILE ") STRICT;"
    "CREATE INDEX heading_source ON heading(source_id);"
    "CREATE INDEX heading_file ON heading(file_id);"
    "CREATE TABLE mention(id TEXT PRIMARY KEY, line INTEGER NOT NULL,"
    " as_written TEXT NOT NULL, entity_kind TEXT, entity_id TEXT, role "
    "TEXT," FROM_FILE ") STRICT;"
    "CREATE INDEX mention_source ON mention(source_id);"
    "CREATE INDEX mention_file ON mention(file_id);"
    "CREATE TABLE claim(id TEXT PRIMARY KEY, line INTEGER NOT NULL,"
    " phrase TEXT NOT NULL, subject TEXT NOT NULL, subject_zh TEXT,"
    " subject_en TEXT, direction TEXT NOT NULL CONSTRAINT \"direction: up,"
    " down, all, zero, none\" CHECK(direction IN('up','down','all','zero',"
    "'none')), fact_ids TEXT," FROM_FILE ") STRICT;"
    "CREATE INDEX claim_source ON claim(source_id);"
    "CREATE INDEX claim_file ON claim(file_id);",

    "CREATE TABLE name_list(id TEXT PRIMARY KEY, line INTEGER NOT NULL,"
    " name_zh TEXT NOT NULL, name_en TEXT,"
    " form TEXT NOT NULL CONSTRAINT \"form: full, open, gathered, part,"
    " none\" CHECK(form IN('full','open','gathered','part','none')),"
    " noun TEXT, stated_fact_id TEXT REFERENCES fact(id),"
    " stated_value INTEGER, counted_fact_id TEXT REFERENCES fact(id)," FROM_FILE
    ") STRICT;"
    "CREATE INDEX name_list_stated ON name_list(stated_fact_id);"
    "CREATE INDEX name_list_counted ON name_list(counted_fact_id);"
    "CREATE INDEX name_list_source ON name_list(source_id);"
    "CREATE INDEX name_list_file ON name_list(file_id);"
    "CREATE TABLE list_item(list_id TEXT REFERENCES name_list(id),"
    " seq INTEGER, line INTEGER, as_written TEXT NOT NULL, mark TEXT,"
    " entity_kind TEXT, entity_id TEXT," FROM_FILE ","
    " PRIMARY KEY(list_id, seq)) WITHOUT ROWID, STRICT;"
    "CREATE INDEX list_item_source ON list_item(source_id);"
    "CREATE INDEX list_item_file ON list_item(file_id);",
    NULL};

static const char *const *const migrations[STORE_VERSION] = {migration_1};

const char *const store_unit_tables[] = {
    "unit",    "code",      "project",   "fact",      "budget_line",
    "rubric",  "indicator", "plan_item", "heading",   "fact_group",
    "mention", "claim",     "name_list", "list_item", NULL};

bool store_schema_has(const char *name) {
  static const char *const others[] = {"source", "source_sum", "table_column",
                                       NULL};
  const char *const *own = others;
  for (; *own != NULL; own++)
    if (sqlite3_stricmp(name, *own) == 0) return true;
  for (own = store_unit_tables; *own != NULL; own++)
    if (sqlite3_stricmp(name, *own) == 0) return true;
  return false;
}

static int get_number(Store *store, const char *sql, int64_t *out, Err *err) {
  return sql_get_int(store, sql_prepare(store, err, sql), out, err) < 0 ? -1
                                                                        : 0;
}

int store_schema_kind(Store *store, StoreFileKind *kind, Err *err) {
  /* One statement, so that all three are of one moment: another program may
     be making its tables in this file. */
  sqlite3_stmt *stmt = sql_prepare(
      store, err,
      "SELECT count(*), (SELECT application_id FROM pragma_application_id), "
      "(SELECT user_version FROM pragma_user_version) FROM sqlite_schema");
  if (stmt == NULL) return -1;
  int status = sql_step(store, stmt, err);
  int64_t ntables = sqlite3_column_int64(stmt, 0);
  int64_t id = sqlite3_column_int64(stmt, 1);
  int64_t version = sqlite3_column_int64(stmt, 2);
  sqlite3_finalize(stmt);
  if (status < 0) return -1;
  if (id == STORE_APPLICATION_ID && version > 0)
    *kind = version > STORE_VERSION ? STORE_FILE_NEWER : STORE_FILE_OWN;
  else
    *kind = id == 0 && version == 0 && ntables == 0 ? STORE_FILE_EMPTY
                                                    : STORE_FILE_FOREIGN;
  return 0;
}

static int run_migration(Store *store, const char *const *statements,
                         Err *err) {
  for (; *statements != NULL; statements++)
    if (sql_exec(store, *statements, err) != 0) return -1;
  return 0;
}

/* In the transaction: another program may have been here before us. */
static int migrate(Store *store, Err *err) {
  StoreFileKind kind;
  int64_t version = 0;
  if (store_schema_kind(store, &kind, err) != 0) return -1;
  if (kind == STORE_FILE_FOREIGN || kind == STORE_FILE_NEWER)
    return err_set(err, ERR_SQL,
                   "another program is writing to the database '%s'",
                   store->path);
  if (get_number(store, "PRAGMA user_version", &version, err) != 0) return -1;
  for (; version < STORE_VERSION; version++) {
    if (run_migration(store, migrations[version], err) == 0) continue;
    return err_at(err, "migration %d: ", (int)version + 1);
  }
  char sql[80];
  sqlite3_snprintf(sizeof sql, sql,
                   "PRAGMA application_id = %d; PRAGMA user_version = %d",
                   STORE_APPLICATION_ID, STORE_VERSION);
  return sql_exec(store, sql, err);
}

int store_schema_migrate(Store *store, Err *err) {
  int64_t id = 0, version = 0;
  if (get_number(store, "PRAGMA application_id", &id, err) != 0 ||
      get_number(store, "PRAGMA user_version", &version, err) != 0)
    return -1;
  if (id == STORE_APPLICATION_ID && version == STORE_VERSION) return 0;
  if (store_begin(store, err) != 0) return -1;
  if (migrate(store, err) == 0) return store_commit(store, err);
  store_rollback(store);
  return -1;
}
