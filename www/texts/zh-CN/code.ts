import type { code as english } from '../en/code.js';
import type { TextsLike } from '../texts-like.js';

export const code: TextsLike<typeof english> = {
  'code.tabs': '请求代码',
  'code.tab.request': '请求',
  'code.tab.curl': 'curl',
  'code.tab.koocli': 'KooCLI',
  'code.tab.terraform': 'Terraform',
  'code.tab.node': 'Node',
  'code.tab.python': 'Python',
  'code.tab.go': 'Go',
  'code.tab.iam': 'IAM策略',
  'code.losses': '与请求的差异',
  'code.koocli.dryRun': '--dryrun只打印请求，不会发送。删除该参数后才会创建追踪器。',
  'code.terraform.adopts': '如果管理类追踪器已存在，Terraform会接管并修改其配置。',
  'code.terraform.agency': 'Provider可能会创建委托cts_admin_trust。',
  'code.terraform.isObsCreated': '桶必须已存在：Terraform不会让CTS创建桶。',
  'code.terraform.needsBucket': '文件前缀、保存周期、压缩、按云服务划分、文件校验和加密都需要转储桶，因此已省略。',
  'code.terraform.project': '项目由Provider决定。',
  'code.terraform.encryption': '设置kms_id即加密事件文件，否则不加密。',
  'code.terraform.lifecycle': '保存周期对管理类追踪器无效，因此已省略。',
  'code.terraform.noEvents': '未选择操作时，Provider会同时记录读操作和写操作。',
  'code.sdk.older': '3.1.88（2024年3月）之前的SDK会忽略委托、组织和排除的服务，且不报错。',
  'code.iam.agency': '如需创建委托cts_admin_trust，用户还需要IAM的委托管理权限。',
};
