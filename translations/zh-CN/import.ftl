### Import of sheets.

import-title = 导入
import-choose = 选择要导入的表格
import-preview = 核对后再写入
import-done = 导入完成
import-kind = 内容
import-file = 文件
import-file-hint = xlsx 或 CSV，第一行为表头。
import-read = 读取并核对
import-templates = 下载空白模板：
import-counts = { $good } 行可以导入，{ $bad } 行有问题
import-line = 行
import-problem = 问题
import-confirm = 导入 { $count } 行
import-again = 重新选择文件
import-written = 已导入 { $count } 行
import-left-out = { $count } 行未导入
