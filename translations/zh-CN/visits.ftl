### The visitor register.

visits-title = 来访登记表
visits-count = { $count } 批来访
visits-export = 导出
visits-day = 日期
visits-all = 全部
visits-show = 查询
visits-none = 没有来访
visits-none-hint = 换一天，或放宽条件。
visits-at = 时间
visits-visitor = 客户
visits-receiver = 接待人
visits-purpose = 来意
visits-source = 渠道
visits-stage = 进度
visits-why = 依据
