### What was decided, in one sentence.

outcome-receive = { $visitor }由{ $receiver }接待
outcome-receive-by-override = { $visitor }改由{ $receiver }接待
outcome-receives = 由{ $receiver }接待
outcome-stays = 仍由{ $receiver }接待
outcome-waits = 客户等候，暂时无人可接待
outcome-asks-owner = 先询问归属人{ $owner }
outcome-recorded = 补录：由{ $receiver }接待
outcome-refused = 不能办理
outcome-undecided = 制度未定，需要主管决定
outcome-done = 已办理
outcome-make-up-granted = 给予{ $person }补接
outcome-make-up-taken-away = 取消{ $person }的补接
outcome-turn-passed = { $person }的轮次跳过
outcome-turn-lost = { $person }轮空
outcome-suspended = { $person }停排
outcome-outing-approved = 批准{ $person }外出
outcome-outing-refused = 不批准{ $person }外出
outcome-order-set = 接待顺序已调整
outcome-day-opened = 开盘
outcome-day-closed = 收盘
