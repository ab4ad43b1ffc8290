--- Chinese for audit, extract and trace.

return {
  ["there is no figure '%s'; there are: %s"] = "没有数字“%s”，现有：%s",
}
