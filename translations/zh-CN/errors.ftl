### Error pages.

error-forbidden = 没有权限
error-forbidden-hint = 您的角色不能使用这一页。需要时请联系管理员。
error-not-found = 没有这个页面
error-not-found-hint = 地址可能有误，或记录已不存在。请从首页重新进入。
error-conflict = 有人先一步处理了
error-conflict-hint = 您的操作没有执行。请返回查看最新情况后再决定。
error-unprocessable = 内容无法识别
error-unprocessable-hint = 请返回检查填写的内容后再提交。
error-internal = 系统出错了
error-internal-hint = 没有执行的操作请重试；若再次出错，请把编号告诉管理员。
error-reference = 编号 { $reference }
error-home = 返回首页
