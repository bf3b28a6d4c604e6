# language: zh-CN
功能: 其他制度的轮排

  场景: 02 15 分钟时段
    假如 设定 "rotation.order.source" 为 "time_slots"
    并且 设定 "rotation.order.slot_minutes" 为 15
    并且 设定 "rotation.hours.start" 为 "09:00"
    并且 签到顺序为 “甲,乙,丙,丁”
    当 09:05 有新客户 “X” 到访
    那么 由 “甲” 接待
    当 09:14 “X” 离开
    并且 09:15 有新客户 “Y” 到访
    那么 由 “乙” 接待
    当 09:40 有新客户 “Z” 到访
    那么 由 “丙” 接待
    当 10:00 “Z” 离开
    并且 10:01 有新客户 “W” 到访
    那么 由 “甲” 接待

  场景: 02 点名者不在
    假如 接待顺序表为 “甲,乙,丙”
    并且 设定 "rotation.situation.named.receiver" 为 ["named", "on_turn"]
    并且 设定 "rotation.situation.named.turn" 为 "not_counted"
    并且 设定 "rotation.situation.named.owner" 为 "named"
    并且 “乙” 今日休息
    当 09:30 有新客户 “X” 到访，点名 “乙”
    那么 由 “甲” 接待
    并且 “X” 归 “乙”

  场景: 11 老客户介绍来电
    假如 接待顺序表为 “甲,乙,丙”
    并且 “X” 是 “丙” 的老客户
    并且 设定 "rotation.situation.call_referral.receiver" 为 ["named", "on_turn"]
    并且 设定 "rotation.situation.call_referral.turn" 为 "counted"
    并且 设定 "rotation.situation.call_referral.owner" 为 "receiver"
    当 09:30 “Y” 来电，由 “X” 介绍，未点名
    那么 由 “甲” 接待
    并且 消耗 “甲” 一个轮次

  场景: 15 首次到岗
    假如 设定 "rotation.order.source" 为 "first_arrival"
    并且 设定 "rotation.order.carry_over" 为 "pointer"
    并且 签到顺序为 “乙,甲,丙”
    当 依次到访 2 组新客户，各自接待完毕
    那么 依次由 “乙,甲” 接待
    当 次日开门，签到顺序为 “甲,丙,乙”
    并且 09:30 有新客户 “X” 到访
    那么 由 “丙” 接待

  场景: 15 站岗半小时
    假如 设定 "rotation.order.source" 为 "first_arrival"
    并且 设定 "rotation.standing.order" 为 "on_turn"
    并且 设定 "rotation.standing.slot_minutes" 为 30
    并且 设定 "rotation.standing.start" 为 "09:00"
    并且 设定 "rotation.standing.end" 为 "17:00"
    并且 签到顺序为 “乙,甲,丙”
    当 到 09:00
    那么 站岗的是 “乙”
    当 09:20 有新客户 “X” 到访
    那么 由 “乙” 接待
    并且 站岗的是 “甲”，到 09:50
    并且 提醒 “甲” 站岗
    当 到 17:00
    那么 无人站岗

  场景: 18 四种理由
    假如 接待顺序表为 “甲,乙,丙”
    并且 主管认定 “甲” 情绪不佳
    当 10:00 有新客户 “X” 到访
    那么 由 “乙” 接待
    当 “甲” 恢复接待
    并且 13:00 有新客户 “Y” 到访
    那么 由 “甲” 接待

  场景: 18 临时工作
    假如 接待顺序表为 “甲,乙,丙”
    并且 “甲” 有临时工作
    当 14:00 有新客户 “X” 到访
    那么 由 “乙” 接待

  场景: 18 主管给丙
    假如 接待顺序表为 “甲,乙,丙”
    并且 设定 "rotation.situation.supervisor_assigned.receiver" 为 ["assigned"]
    并且 设定 "rotation.situation.supervisor_assigned.turn" 为 "not_counted"
    并且 设定 "rotation.situation.supervisor_assigned.owner" 为 "receiver"
    当 09:30 “外宾” 到访，主管安排 “丙” 接待
    那么 由 “丙” 接待
    并且 仍轮到 “甲”

  场景: 18 编号
    假如 设定 "rotation.order.source" 为 "fixed_number"
    并且 设定 "rotation.order.carry_over" 为 "pointer"
    并且 “甲” 的编号为 2
    并且 “乙” 的编号为 1
    并且 签到顺序为 “甲,乙”
    当 依次到访 3 组新客户，各自接待完毕
    那么 依次由 “乙,甲,乙” 接待
    当 次日开门，签到顺序为 “甲,乙”
    并且 09:30 有新客户 “X” 到访
    那么 由 “甲” 接待

  场景: 18 上月排名
    假如 设定 "rotation.order.source" 为 "last_month_rank"
    并且 设定 "rotation.order.carry_over" 为 "reset"
    并且 “甲” 上月业绩排名第三
    并且 “乙” 上月业绩排名第 1
    并且 “丙” 上月业绩排名第 2
    并且 签到顺序为 “甲,乙,丙”
    当 依次到访 3 组新客户，各自接待完毕
    那么 依次由 “乙,丙,甲” 接待

  场景: 18 今日业绩
    假如 设定 "rotation.order.source" 为 "today_result"
    并且 签到顺序为 “甲,乙,丙”
    并且 “乙” 今日成交 1 套
    当 次日开门，签到顺序为 “甲,乙,丙”
    并且 依次到访 3 组新客户，各自接待完毕
    那么 依次由 “乙,甲,丙” 接待

  场景: 18 回来接着
    假如 接待顺序表为 “甲,乙,丙”
    并且 设定 "rotation.absence.private.result" 为 "lost"
    并且 “乙” 09:00 因私外出
    当 09:10 有新客户 “X” 到访
    那么 由 “甲” 接待
    当 “乙” 于 09:15 回来
    并且 09:20 有新客户 “Y” 到访
    那么 由 “乙” 接待

  场景: 18 多人协助
    假如 接待顺序表为 “甲,乙,丙”
    当 09:10 有新客户 “X” 到访，一行 12 人
    并且 “X” 需要协助
    那么 “乙” 协助接待

  场景: 18 试用人员
    假如 接待顺序表为 “甲,乙,丙”
    并且 设定 "rotation.help.trial_staff" 为 true
    并且 “丁” 是试用人员
    并且 “丁” 于 09:00 签到
    当 09:10 有新客户 “X” 到访
    并且 请 “丁” 协助接待 “X”
    那么 “丁” 协助接待

  场景: 18 主管安排协助
    假如 接待顺序表为 “甲,乙,丙”
    当 09:10 有新客户 “X” 到访
    并且 “甲” 请求协助
    并且 主管安排 “丙” 协助 “甲”
    那么 “丙” 协助接待

  场景: 18 离职
    假如 接待顺序表为 “甲,乙,丙”
    并且 “甲” 提出离职
    当 09:10 有新客户 “X” 到访
    那么 由 “乙” 接待
    并且 “甲” 被视为不在轮排，因 "leaving"

  场景: 累计
    假如 设定 "rotation.order.source" 为 "cumulative_count"
    并且 签到顺序为 “甲,乙,丙”
    当 依次到访 4 组新客户，各自接待完毕
    那么 依次由 “甲,乙,丙,甲” 接待
    当 次日开门，签到顺序为 “甲,乙,丙”
    并且 09:30 有新客户 “X” 到访
    那么 由 “乙” 接待

  场景: 迟补录
    假如 接待顺序表为 “甲,乙,丙”
    当 09:00 有新客户 “X” 到访
    并且 09:30 “X” 离开
    并且 补录 09:40 “Y” 由 “丙” 接待，到 10:00
    那么 按制度应由 “乙” 接待
    并且 接下来依次轮到 “乙,甲,乙,丙”

  场景: 认出
    假如 接待顺序表为 “甲,乙,丙”
    并且 设定 "rotation.situation.own_open.receiver" 为 ["owner"]
    并且 设定 "rotation.situation.own_open.turn" 为 "not_counted"
    并且 设定 "rotation.situation.own_open.owner" 为 "unchanged"
    当 09:00 有新客户 “X” 到访
    并且 09:05 认出 “X” 是老客户，归 “丙”
    那么 由 “甲” 接待
    并且 按制度应由 “丙” 接待
    并且 “X” 归 “丙”
