### Signing in, passwords.

sign-in-title = 登录
sign-in-name = 登录名
sign-in-password = 密码
sign-in-enter = 登录
sign-in-demo = 演示账号
sign-in-wrong = 登录名或密码不对。
sign-in-locked = 输错次数过多，已暂时锁定，
sign-in-signed-out = 已退出登录。
sign-in-ended = 登录已过期，请重新登录。
password-title = 修改密码
password-forced = 首次登录请先修改初始密码。
password-old = 现在的密码
password-new = 新密码
password-again = 再输一次新密码
password-least = 至少 { $count } 个字符
password-change = 修改密码
