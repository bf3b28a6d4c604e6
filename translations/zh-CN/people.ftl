### People, roles, teams.

people-title = 人员
people-import = 导入
people-add = 新增人员
people-look = 查找姓名或登录名
people-none = 没有找到
people-none-hint = 换一个写法，或新增人员。
people-name = 姓名
people-sign-in = 登录名
people-roles = 角色
people-team = 组别
people-number = 工号
people-standing = 状态
people-certified = 有上岗资格
people-certified-long = 考核合格，可以接待
people-first-password = 未改初始密码
people-inactive = 已停用
people-active-long = 可以登录
people-edit = 编辑
people-save = 保存
people-cancel = 取消
people-reset = 重设密码
people-reset-hint = 生成新的初始密码，本人登录后须修改；现有登录全部失效。
people-new-password = 初始密码：
people-new-password-hint = 只显示这一次，请当面告知本人。
