# language: zh-CN
功能: 参加活动的人当日不参加轮排

  背景:
    假如 接待顺序表为 "甲, 乙"
    并且 设定 "rotation.situation.new.receiver" 为 ["on_turn"]
    并且 设定 "rotation.situation.new.turn" 为 "counted"

  @15
  场景: 当日参加展会的不在轮排,回来后照常
    假如 "甲" 有其他工作安排
    当 有新客户到访
    那么 由 "乙" 接待,因为 条款 "15"
    当 "甲" 恢复接待
    那么 轮到 "甲"
