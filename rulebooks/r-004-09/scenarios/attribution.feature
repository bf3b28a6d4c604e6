# language: zh-CN
功能: 装修咨询转相关部门

  背景:
    假如 设定 "rotation.rings.teams" 为 "per_team"
    并且 设定 "rotation.situation.new.receiver" 为 ["on_turn"]
    并且 设定 "rotation.situation.new.turn" 为 "counted"
    并且 设定 "rotation.order.source" 为 "posted_table"

  @22
  场景: 装修咨询由装修部按轮排派人
    假如 "装修部" 组的接待顺序为 "丙, 丁"
    当 "王先生" 的来电归类为 "装修咨询",相关部门为 "装修部"
    那么 该来电转给 "装修部" 的轮排,因为 条款 "22"
    并且 "王先生" 由 "丙" 接待
    当 "李女士" 的来电归类为 "装修咨询",相关部门为 "装修部"
    那么 "李女士" 由 "丁" 接待

  @22
  场景: 其他咨询由接听人跟进
    假如 "装修部" 组的接待顺序为 "丙, 丁"
    当 "王先生" 的来电归类为 "物业咨询",相关部门为 "装修部"
    那么 该来电由接听人跟进,因为 条款 "22"
