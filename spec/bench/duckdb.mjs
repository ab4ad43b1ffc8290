// Runs SQL in DuckDB and prints the rows as CSV:
// node duckdb.mjs FOLDER DATABASE SQL
import { createRequire } from "node:module";

const [folder, database, sql] = process.argv.slice(2);
const require = createRequire(folder + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
const reader = await connection.runAndReadAll(sql);
const lines = [reader.columnNames().join(",")];
for (const row of reader.getRows()) lines.push(row.map(String).join(","));
console.log(lines.join("\n"));
