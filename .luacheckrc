std = "lua54"
self = false -- a method need not use it
max_line_length = 90
files["spec"] = { std = "lua54+busted" }
