--- A made-up unit with everything that the sample unit lacks: three versions
--- of the budget, carry-overs, the year before, weights, base figures, a second
--- parent. Amounts are small, so that a reader can check them by hand.
local support = require "support"
local core = require "evalua.core"

local M = {}

--- Files of the folder.
M.files = {
  ["units.csv"] = [[
id,parent_id,parent2_id,kind,name_zh,name_en,alias,ext_code
yh,,,subdistrict,樱花街道办事处,Yinghua Sub-district Office,樱花街道,
yh-v1,yh,,village,樱一村,Ying One Village,,
yh-c1,yh,,community,花一社区,,,
yh-o1,yh,,office,综合办公室,,,
yh-o2,yh,,office,财政所,,,
yh-g,yh,yh-c1,grid1,第一网格,,,
]],
  ["budget.csv"] = [[
unit,year,period,version,flow,nature,tag,amount,measure_unit
yh,2022,Y,executed,expense,basic,,80,万元
yh,2022,Y,original,expense,basic,,78,万元
yh,2022,Y,executed,carry_out,,,4,万元
yh,2022,Y,original,expense,,san_gong_abroad,0,万元
yh,2022,Y,original,expense,,vehicle_buy,0,万元
yh,2022,Y,original,expense,,vehicle_run,6,万元
yh,2022,Y,original,expense,,reception,2,万元
yh,2023,Y,original,income,,,100,万元
yh,2023,Y,executed,income,,,112,万元
yh,2023,Y,original,expense,basic,,60,万元
yh,2023,Y,original,expense,project,,40,万元
yh,2023,Y,adjusted,expense,basic,,62,万元
yh,2023,Y,adjusted,expense,project,,48,万元
yh,2023,Y,executed,expense,basic,,61,万元
yh,2023,Y,executed,expense,project,,43.5,万元
yh,2023,Y,executed,carry_in,,,4,万元
yh,2023,Y,executed,carry_out,,,5.5,万元
yh,2023,Y,original,expense,,san_gong_abroad,0,万元
yh,2023,Y,original,expense,,vehicle_buy,0,万元
yh,2023,Y,original,expense,,vehicle_run,5,万元
yh,2023,Y,original,expense,,reception,2,万元
yh,2023,Y,original,expense,,san_gong_total,7.5,万元
yh,2023,Y,executed,expense,,san_gong_abroad,0,万元
yh,2023,Y,executed,expense,,vehicle_buy,0,万元
yh,2023,Y,executed,expense,,vehicle_run,4.2,万元
yh,2023,Y,executed,expense,,reception,1.4,万元
yh,2023,Y,executed,expense,,san_gong_total,5.6,万元
yh,2023,Y,original,expense,,office,20,万元
yh,2023,Y,executed,expense,,office,21,万元
yh,2023,Y,original,expense,,procurement,10,万元
yh,2023,Y,executed,expense,,procurement,9,万元
]],
  ["facts.csv"] = [[
id,unit,period,section,grp,name_zh,name_en,value,measure_unit,qualifier,phrase,line,basis
yh-F1,yh,2023,results,work,培训,Training,5,次,exact,,,stated
yh-F2,yh,2023,results,work,合格率,Pass rate,90,%,exact,,,stated
yh-F3,yh,2023,results,work,完工天数,Days to finish,125,天,exact,,,stated
yh-F4,yh,2023,results,work,惠及,People helped,5800,人次,approx_above,,,stated
yh-F5,yh,2023,results,work,满意率,Satisfaction,99.2,%,exact,,,stated
yh-F6,yh,2023,results,work,绿化,Greening,30,亩,approx,,,stated
yh-B1,yh,2023,base,staff_authorised,编制数,Authorised posts,30,人,exact,,,stated
yh-B2,yh,2023,base,staff_in_post,在职人数,Staff in post,31,人,exact,,,stated
yh-B3,yh,2023,base,staff_rate,控制率,Staff rate,103.33,%,exact,,,stated
yh-B4,yh,2023,base,additions,追加,Additions,80000,元,exact,,,stated
]],
  ["indicators.csv"] = "id,unit,year,field,level1,level2,name_zh,direction,"
    .. "target,measure_unit,fact_id,weight,qual_pct,reason_zh\n" .. [[
yh-I1,yh,2023,r1,产出,数量,培训次数,ge,4,次,yh-F1,8,,
yh-I2,yh,2023,r1,产出,质量,合格率,ge,95,%,yh-F2,24,,设备故障
yh-I3,yh,2023,r1,产出,时效,完工天数,le,100,天,yh-F3,8,,
yh-I4,yh,2023,r1,产出,数量,绿化面积,ge,25,亩,yh-F6,10,,
yh-I5,yh,2023,r1,效益,社会,惠及人次,ge,4000,人次,yh-F4,20,,
yh-I6,yh,2023,r1,效益,生态,环境改善,qual,,,,10,85,尚需巩固
yh-I7,yh,2023,r1,满意度,服务对象,满意率,ge,90,%,yh-F5,,,
]],
}

--- A folder with these files, some of them replaced or (false) left out.
---@param changes table<string, string|false|fun(text: string): string>?
---@param name string?
---@return string dir
function M.folder(changes, name)
  local dir = support.tempdir() .. "/" .. (name or "yinghua-2023")
  assert(core.system.mkdir(dir))
  local files = {}
  for file, text in pairs(M.files) do files[file] = text end
  for file, change in pairs(changes or {}) do
    if type(change) == "function" then files[file] = change(files[file])
    else files[file] = change or nil end
  end
  for file, text in pairs(files) do
    assert(core.file.write(dir .. "/" .. file, text))
  end
  return dir
end

--- The unit's year out of such a folder.
---@return evalua.year
function M.year(changes, opts)
  opts = opts or {}
  opts.folder = M.folder(changes)
  return assert(require("evalua.performance.year").load(opts))
end

return M
