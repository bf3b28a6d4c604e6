### The consultant's page.

me-title = 我的轮次
me-no-ring = 今天不在轮排中
me-alarm = 提醒
me-your-turn = 轮到你了
me-your-turn-hint = 下一位新客户由你接待，请留在现场。
me-offered = 请接待
me-ahead = 前面还有 { $ahead } 人
me-return = 我回来了
me-step-out = 暂时离开
me-outing-asked = 已申请“{ $kind }”，等待主管批准
me-outing-minutes = { $kind }多久
me-outing-full = 人数已满
me-outing-approval = 需主管批准
me-outing-limit = 限 { $minutes }
me-outing-away = { $away }/{ $limit } 人在外
me-turns = 我今天的轮次
me-turns-none = 今天还没有轮次
forgotten-finish = { $visitor }的接待结束了吗？
forgotten-return = { $kind }应于 { $due } 返回，已经回来了吗？
