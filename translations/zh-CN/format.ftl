### Durations, lists, yes and no.

format-yes = 是
format-no = 否
format-none = 无
format-unknown = 未知
format-days = { $days } 天
format-minutes = { $minutes } 分钟
format-hours = { $hours } 小时
format-hours-minutes = { $hours } 小时 { $minutes } 分
format-list = { $first }和{ $last }
script-minutes = {"{m}"} 分钟
script-hours = {"{h}"} 小时
script-hours-minutes = {"{h}"} 小时 {"{m}"} 分
since-before = 已
left-before = 剩余
