--- The kinds of rules: what each needs, and how it is worked out.
---
--- A kind is { needs = columns, reads = how `check` is parsed ("condition" or
--- "sum"; nil: not as arithmetic), shape = what it must look like, run }. run
--- (rule, ctx, say) gives { truth = true|false|nil, forced = outcome, lines =
--- arithmetic, expected, found, reasons }; `say(english, ...)` is a text in the
--- language asked for.

local evaluate = require "evalua.audit.evaluate"
local lists = require "evalua.audit.lists"
local names = require "evalua.audit.names"
local numbers = require "evalua.audit.numbers"
local render = require "evalua.audit.render"

local M = {}

-- Conditions --------------------------------------------------------------------

local function is_equation(tree)
  if tree.op == "compare" then return tree.relation == "=" end
  if tree.op ~= "and" then return false end
  for _, inner in ipairs(tree) do
    if not is_equation(inner) then return false end
  end
  return true
end

local function equations(tree)
  if is_equation(tree) then return nil end
  return "this kind of rule holds two figures equal, with ="
end

local function a_number(tree)
  if tree.op ~= "number" then return "a share like 5% was expected" end
end

local function bounds(tree)
  if tree.op == "compare" and tree.relation == "=" then
    return "this kind of rule is a bound, with <, <=, > or >="
  end
end

--- A condition with its arithmetic.
local function run_condition(rule, ctx, say)
  local truth = evaluate.truth(ctx, rule.tree)
  local expected, found = render.expected(render.deciding(rule.tree),
    say.lang)
  return { truth = truth, expected = expected, found = found,
    lines = { render.condition(rule.tree, ctx, say.lang) } }
end

local function condition(shape)
  return { needs = { "check" }, reads = "condition", shape = shape,
    run = run_condition }
end

-- Claims ------------------------------------------------------------------------

local function ids_of(text)
  local ids = {}
  for id in (text or ""):gmatch "[^|]+" do
    ids[#ids + 1] = id:match("^%s*(.-)%s*$")
  end
  return ids
end

--- A figure node and its value.
local function figure(ctx, id)
  local node = { op = "figure", id = id }
  evaluate.value(ctx, node)
  return node
end

local directions = {
  up = ">", down = "<",
}

--- What a claim's direction asks of the figures it names.
local function claimed(claim, ctx)
  local ids = ids_of(claim.cells.fact_ids)
  local direction = claim.cells.direction
  if directions[direction] then
    if ids[2] == nil then return nil end
    return { op = "compare", relation = directions[direction],
      { op = "figure", id = ids[2] }, { op = "figure", id = ids[1] } }
  end
  if ids[1] == nil then return nil end
  local whole = direction == "all" and { op = "number", text = "100",
    unit = "%" } or direction == "zero" and { op = "number", text = "0" }
  if not whole then return nil end
  figure(ctx, ids[1])
  return { op = "compare", relation = "=", { op = "figure", id = ids[1] },
    whole }
end

local function run_claim(rule, ctx, say)
  local claim = (ctx.data.by_id.claims or {})[rule.cells.subject]
  if claim == nil then
    return { reasons = { say("there is no claim '%s'", rule.cells.subject) } }
  end
  ctx.used[#ctx.used + 1] = { row = claim, column = "phrase" }
  local tree = rule.tree or claimed(claim, ctx)
  local quoted = say("claim: 「%s」", claim.cells.phrase or "")
  if tree == nil then
    return { lines = { quoted },
      reasons = { say "the claim names no figure to hold it against" } }
  end
  local truth = evaluate.truth(ctx, tree)
  local expected, found = render.expected(render.deciding(tree), say.lang)
  return { truth = truth, expected = expected, found = found,
    lines = { quoted, render.condition(tree, ctx, say.lang) } }
end

local function run_judgement(rule)
  return { forced = rule.cells["then"] }
end

M.all = {
  sum = condition(equations),
  ["cross-foot"] = condition(equations),
  equal = condition(equations),
  ["restated-equal"] = condition(equations),
  ["ratio-bound"] = condition(bounds),
  interval = condition(bounds),
  derived = condition(nil),
  coverage = condition(nil),
  date = condition(nil),
  text = condition(nil),
  ["claim-vs-number"] = { needs = { "subject" }, reads = "condition",
    run = run_claim },
  judgement = { needs = { "then" }, run = run_judgement },
  ["list-count"] = { needs = { "subject" }, reads = "condition",
    run = lists.run_count },
  ["list-unique"] = { needs = { "subject" }, run = lists.run_unique },
  ["list-equal"] = { needs = { "subject" }, run = lists.run_equal },
  alias = { needs = { "subject" }, run = names.run_alias },
  numbering = { needs = {}, run = names.run_numbering },
  ["rate-feasible"] = { needs = { "subject" }, run = numbers.run_rate },
  style = { needs = { "subject" }, run = numbers.run_style },
  precision = { needs = { "subject" }, run = numbers.run_precision },
  grade = { needs = { "subject", "check" }, run = numbers.run_grade },
  define = { needs = { "check" }, reads = "sum" },
  setting = { needs = { "check" }, reads = "sum", shape = a_number },
  name = { needs = {} },
}

return M
