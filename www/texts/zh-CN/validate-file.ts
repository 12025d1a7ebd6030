// The texts of the page "Validate a file".
import type { validateFile as english } from '../en/validate-file.js';
import type { TextsLike } from '../texts-like.js';

export const validateFile: TextsLike<typeof english> = {
  'validateFile.heading': '校验文件',
  'validateFile.lead': '校验文件中的请求。数据不会离开本页面。',
  'validateFile.file': '文件',
  'validateFile.hint': '支持NDJSON、JSON和YAML，也可将文件拖放到本页面。',
  'validateFile.kind': '内容',
  'validateFile.kind.auto': '自动识别',
  'validateFile.kind.createTracker': '待创建的追踪器',
  'validateFile.kind.checkBucket': '待检查的桶',
  'validateFile.result': '结果',
  'validateFile.running': '正在校验{file}…',
  'validateFile.stop': '停止',
  'validateFile.stopped': '已停止。以下是已发现的问题。',
  'validateFile.unreadable': '无法读取文件：{reason}',
  'validateFile.summary': '已校验{lines}条：{invalid}条有错误，{warned}条有警告。',
  'validateFile.filter': '显示',
  'validateFile.all': '所有问题',
  'validateFile.export': '导出为CSV',
  'validateFile.dropped': '仅列出前{n}个问题。',
  'validateFile.line': '行',
  'validateFile.field': '字段',
  'validateFile.message': '说明',
  'validateFile.action': '操作',
  'validateFile.open': '在表单中打开',
  'validateFile.openLine': '在表单中打开：第{line}行',
  'validateFile.notOpened': '该行不是对象，无法在表单中显示。',
  'validateFile.more': '显示更多（{n}）',
};
