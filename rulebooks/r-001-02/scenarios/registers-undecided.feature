# language: zh-CN
功能: 登记哪些内容,文本未列

  @5
  场景: 未写登记哪些内容的,指出未决定的设定
    当 10:30 "甲" 填写 "王先生" 的来访登记表
    那么 未决定的设定是 "registers.visitor.required"
