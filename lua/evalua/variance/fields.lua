--- What a variance says of every row, in the order of its columns.

return { "base", "actual", "variance", "variance_pct", "rate_pct", "status",
  "favourable", "material" }
