// The texts of the page "Trackers".
import type { trackers as english } from '../en/trackers.js';
import type { TextsLike } from '../texts-like.js';

export const trackers: TextsLike<typeof english> = {
  'trackers.heading': '追踪器',
  'trackers.lead': '该项目的追踪器。本页面只读取数据。',
  'trackers.refresh': '刷新',
  'trackers.loading': '正在加载追踪器…',
  'trackers.count': '追踪器：{n}个',
  'trackers.notAllowed': '代理不允许查询。请使用--allow-lookup启动代理，或设置allowLookup。',
  'trackers.failed': '无法列出追踪器：{reason}',
  'trackers.name': '名称',
  'trackers.type': '类型',
  'trackers.status': '状态',
  'trackers.bucket': '转储桶',
  'trackers.created': '创建时间',
  'trackers.action': '操作',
  'trackers.open': '作为草稿打开',
  'trackers.openNamed': '作为草稿打开：{name}',
};
