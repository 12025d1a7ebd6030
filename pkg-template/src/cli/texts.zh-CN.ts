// 简体中文的帮助和消息。
import type { en } from './texts.en.js';

const service = `服务（前四项选其一）
  --base-url URL          签名代理的地址，例如 http://127.0.0.1:8788
  --region ID             该区域的终端节点；用环境变量中的密钥签名
  --endpoint URL          其他终端节点；签名方式相同
  --emulator              试运行：使用本进程内的模拟器，其中有文件中写到的桶和KMS密钥；数据不会离开本机
  --project-id ID         默认为 HUAWEICLOUD_SDK_PROJECT_ID
  --domain-id ID          默认为 HUAWEICLOUD_SDK_DOMAIN_ID
  --timeout SECONDS       一次请求（含重试）的时限，单位为秒（默认30）`;
const input = `  --input FORMAT          ndjson、json 或 yaml（默认按扩展名或首行判断）；
                          NDJSON的每行和JSON文件最大64 MiB，YAML文件最大4 MiB`;
const common = `  --json                  每行输出一个JSON对象，供程序读取
  --locale LOCALE         en（默认）或 zh-CN
  -h, --help              显示本帮助`;
const exits = '退出码0：成功；1：发现问题；2：用法错误；3：服务或网络错误；130：被Ctrl-C中断（143：被SIGTERM中断）。';
const keys = `环境变量
  HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK   访问密钥AK和SK（或 CLOUD_SDK_AK、CLOUD_SDK_SK）
  HUAWEICLOUD_SDK_SECURITY_TOKEN           临时密钥的安全令牌
  HUAWEICLOUD_SDK_PROJECT_ID, HUAWEICLOUD_SDK_DOMAIN_ID`;

export const zhCN: Readonly<Record<keyof typeof en, string>> = {
  help: `校验、检查并创建华为云云审计服务（CTS）的追踪器。

  cts-tracker validate FILE...   校验请求，不发送任何内容
  cts-tracker check FILE         通过服务检查文件中的每个桶
  cts-tracker create FILE        创建文件中的每个追踪器，不会重复创建
  cts-tracker proxy              在本机运行签名代理
  cts-tracker emulator           在本机运行服务的模拟器
  cts-tracker doctor             检查运行环境：Node.js、密钥、时钟、网络、代理

  cts-tracker COMMAND --help     显示某个命令的选项
  cts-tracker --version          显示版本

文件可以是NDJSON（每行一个请求）、JSON（一个请求或请求列表）或YAML。
${exits}`,

  'help.validate': `cts-tracker validate FILE... [选项]

校验请求，文件大小不限；- 表示标准输入。不发送任何内容。

  --kind KIND             createTracker（默认），或 checkBucket（每个请求是一个桶）
${input}
  --warnings              同时显示有效请求的警告
  --format FORMAT         text（默认）或 json（同 --json）
${common}

  cts-tracker validate trackers.ndjson
  cat buckets.yaml | cts-tracker validate - --input yaml --kind checkBucket

${exits}`,

  'help.check': `cts-tracker check FILE (--base-url URL | --region ID | --endpoint URL | --emulator) [选项]

向服务查询能否将事件转储到文件中的每个桶。无效的桶不会发送。

${service}
选项
${input}
  --concurrency N         并发请求数（默认4）
  --batch-size N          每个请求中的桶数（默认20）
  -q, --quiet             只显示失败的桶
${common}

${keys}

${exits}`,

  'help.create': `cts-tracker create FILE (--base-url URL | --region ID | --endpoint URL | --emulator) [选项]

创建文件中的每个追踪器。只要有一个请求无效，就不发送任何请求。
每个请求及其结果都会记入日志文件。再次运行即可继续：已创建的追踪器会跳过，失败的请求会重新发送，结果未知的请求不会重新发送。

${service}
选项
  --journal FILE          默认为 FILE.journal.ndjson；使用 --emulator 时不写日志文件
  --retry-unknown         重新发送结果未知的请求；已存在的追踪器不会重复创建
  --any-target            接受日志文件中其他代理、区域或终端节点的记录
  --concurrency N         并发请求数（默认1）
${input}
  -q, --quiet             只显示未创建的追踪器
${common}

${keys}

按Ctrl-C后会等待正在进行的请求完成；再按一次则立即停止。
${exits}`,

  'help.proxy': `cts-tracker proxy (--region ID | --endpoint URL) [选项]

运行签名代理。网页和脚本发送不带密钥的请求，由代理检查、签名并转发。

  --region ID             将请求转发到此区域的终端节点
  --endpoint URL          将请求转发到其他终端节点
  --port PORT             默认为8788；0表示任意空闲端口
  --host HOST             默认为127.0.0.1
  --allow-origin ORIGIN   允许使用代理的网页的来源，例如 http://localhost:5173；可多次给出
  --allow-host HOST:PORT  另外允许请求使用的主机名；可多次给出
  --project ID            只为此项目签名（默认为 HUAWEICLOUD_SDK_PROJECT_ID）；可多次给出
  --domain ID             只为此账号签名（默认为 HUAWEICLOUD_SDK_DOMAIN_ID）；可多次给出
  --rate N                每个客户端每分钟可发送的请求数（默认不限制）
  --max-concurrent N      同时处理的请求数（默认256）；每个客户端占一半，但至少16个
${common}

${keys}

运行日志写到标准错误，每行一个JSON对象，不含密钥、请求头和请求体。`,

  'help.emulator': `cts-tracker emulator [选项]

在本机运行服务的模拟器。它会验证签名，并接受自带的示例密钥。

  --port PORT             默认为8789；0表示任意空闲端口
  --host HOST             默认为127.0.0.1
  --latency MS            每个响应延迟的毫秒数
  --fault FAULT           下一个请求的故障，例如 "429; retry-after=5"；可多次给出，依次生效
${common}`,

  'help.doctor': `cts-tracker doctor [选项]

检查其他命令所需的条件，并说明如何解决缺少的条件。不显示任何环境变量的值。

  --region ID             检查此区域的终端节点
  --endpoint URL          改为检查此终端节点
  --base-url URL          要检查的签名代理（默认为 http://127.0.0.1:8788）
  --offline               不访问网络
${common}

退出码0：成功；1：本机有问题；2：用法错误；3：服务或网络错误。`,

  error: '错误',
  warning: '警告',
  request: '（请求）',
  comma: '、',
  stopped: '已停止',
  internal: 'cts-tracker 内部错误：{reason}',

  'usage.seeHelp': '参见：cts-tracker{command} --help',
  'usage.command': '未知命令：{command}',
  'usage.commandFirst': '命令必须写在选项之前。',
  'usage.file': '没有给出文件。请给出一个或多个文件，或用 - 表示标准输入。',
  'usage.oneFile': '请只给出一个文件，或用 - 表示标准输入。',
  'usage.noFiles': '{command} 不接受文件。',
  'usage.oneOf': '{option} 必须是以下之一：{values}',
  'usage.number': '{option} 必须是{min}到{max}的整数。',
  'usage.baseUrl': '--base-url 必须是 http: 或 https: 的URL，且不含用户名、密码、查询参数和片段。',
  'usage.noService':
    '没有指定服务。请使用 --base-url（签名代理）、--region（密钥在环境变量中）或 --emulator（试运行）。',
  'usage.oneService': '以下选项只能使用一个：{options}',
  'usage.noId': '缺少ID：请使用 {option}，或设置 {variable}。',
  'usage.badId': '{option}：{reason}',

  'file.missing': '找不到文件：{path}',
  'file.directory': '{path} 是目录，不是文件。',
  'file.denied': '没有权限读取 {path}',
  'file.unreadable': '无法读取 {path}（{code}）。',
  'file.large': '{path} 超过{max} MiB。请拆分为多个文件；只有 validate 可以处理任意大小的NDJSON。',
  'file.utf8': '{path} 不是UTF-8编码。请另存为UTF-8。',
  'file.empty': '{path} 中没有请求。',
  'file.oneJsonText': '看起来是单个JSON文本，而不是每行一个请求。请尝试 --input json。',
  'file.duplicate': '追踪器 {name} 在文件的 {first} 处已出现。请删除其中一个。',
  'file.longLine': '{path} 中有一行超过{max} MiB。NDJSON每行一个请求。',
  'yaml.broken': 'YAML无效：{reason}',
  'yaml.deep': '超过{max}层',
  'yaml.aliases': '别名代表的值超过{max}个',
  'yaml.twice': '键 {key} 出现两次',

  'credentials.missing': '未设置 {names}。请在环境变量中设置两个密钥，或用 --base-url 使用持有密钥的代理。',

  'validate.buckets': '看起来是要检查的桶。请尝试 --kind checkBucket。',
  'validate.summary': '已检查{lines}个：{valid}个有效，{invalid}个无效，{warned}个有警告',

  'check.progress': '检查桶',
  'check.passed': '正常',
  'check.failed': '失败',
  'check.unreachable': '未知',
  'check.summary': '{passed}个正常，{failed}个失败，{unreachable}个未知，{invalid}个无效，{unchecked}个未检查',

  'create.progress': '创建追踪器',
  'create.created': '已创建',
  'create.skipped': '跳过',
  'create.exists': '已存在',
  'create.failed': '失败',
  'create.unknown': '未知',
  'create.changed': '之前已创建；此后对请求的修改不起作用',
  'create.existsNow': '追踪器已存在，很可能是之前结果未知的请求创建的',
  'create.notResent': '之前的请求可能已经创建；不再发送',
  'create.nothingSent': '{invalid}个请求无效，没有发送任何请求。',
  'create.stdinJournal': '使用标准输入时必须指定日志文件：--journal FILE',
  'create.summary':
    '{created}个已创建，{skipped}个跳过（之前已创建），{exists}个已存在，{failed}个失败，{unknown}个未知',
  'create.stopped': '{left}个没有发送，因为它们会因同样的原因失败：{reason}请在解决后再次运行。',
  'create.interrupted': '{left}个没有发送：已中断。再次运行即可继续。',
  'create.unknownHint': '结果未知的追踪器可能已存在。请查看追踪器列表，或用 --retry-unknown 重新发送这些请求。',
  'create.journal': '请保留日志文件，其中记录了已创建的追踪器：{path}',

  'journal.locked':
    '另一个 create 命令正在使用此日志文件（{host} 上的进程 {pid}）。如果该进程已结束，请等待{seconds}秒后重试；锁文件是 {path}',
  'journal.lost': '另一个 create 命令已接管锁文件 {path}，不再发送请求。',
  'journal.notFile': '{path} 是{what}，不是普通文件。没有发送任何请求。请用 --journal 指定另一个文件。',
  'journal.link': '符号链接',
  'journal.folder': '目录',
  'journal.pipe': '命名管道',
  'journal.socket': '套接字',
  'journal.device': '设备',
  'journal.foreign': '{path} 不是 cts-tracker create 的日志文件。请用 --journal 指定另一个文件。',
  'journal.damaged': '无法读取日志文件 {path} 的第{line}行。由于不知道哪些追踪器已创建，没有发送任何请求。',
  'journal.unwritable': '无法写入日志文件 {path}（{code}）。没有日志文件就不发送任何请求。',
  'journal.elsewhere':
    '根据日志文件 {path}，此文件中的追踪器曾发送到 {targets}，而不是 {target}。请用 --journal 指定另一个日志文件；如果两者是同一个服务，请使用 --any-target。',

  'listen.taken': '端口{port}已被占用。请停止占用它的程序，或用 --port 选择其他端口。',
  'listen.denied': '没有权限使用端口{port}。请用 --port 选择大于1023的端口。',
  'listen.host': '{host} 不是本机的地址。请检查 --host。',
  'listen.failed': '无法在 {host} 的端口{port}上监听（{code}）。',

  'proxy.upstream': '请使用 --region 或 --endpoint 中的一个。',
  'proxy.keys': '未设置 {names}。请在环境变量中设置两个密钥。试用时可使用 cts-tracker emulator 的示例密钥。',
  'proxy.ready': '签名代理：{url}（转发到 {upstream}）',
  'proxy.projects': '只为项目 {projects} 签名',
  'proxy.anyProject': '为这些密钥的任何项目签名。可用 --project 限制。',
  'proxy.noOrigin': '其他来源的网页不能使用代理。可用 --allow-origin 允许。',
  'proxy.exposed': '正在 {host} 上监听：能访问它的任何人都能用您的密钥创建追踪器。',

  'emulator.ready': '模拟器：{url}',
  'emulator.keys': '它接受以下示例密钥。这些密钥是公开的，真实的服务不接受：',
  'emulator.try': '请在另一个终端中设置这些密钥并运行：cts-tracker proxy --endpoint {url}',

  'doctor.ok': '正常',
  'doctor.warn': '注意',
  'doctor.fail': '失败',
  'doctor.skip': '-',
  'doctor.node': 'Node.js {version}',
  'doctor.nodeOld': 'Node.js {version}太旧。请安装{oldest}或更高版本。',
  'doctor.wasm': 'cts-tracker {version}的两个WebAssembly模块工作正常。',
  'doctor.wasmFails': 'WebAssembly无法启动（{reason}）。请重新安装软件包，并允许WebAssembly。',
  'doctor.keys': '两个密钥均已设置。',
  'doctor.keysTemporary': '两个密钥和安全令牌均已设置。',
  'doctor.keysHalf': '只设置了两个密钥中的一个。还需设置 {names}。',
  'doctor.keysNone': '没有设置密钥。要对请求签名，请设置 {names}；使用代理或模拟器则不需要。',
  'doctor.keysSpaced': '{names}：值的开头或结尾有空白字符。请删除。',
  'doctor.ids': '项目ID和账号ID均已设置。',
  'doctor.idsMissing': '未设置：{names}。请设置，或对 create 使用 --project-id，对 check 使用 --domain-id。',
  'doctor.noRegion': '未检查。请使用 --region。',
  'doctor.region': '{region} 的终端节点是 {upstream}',
  'doctor.regionUnknown': '区域或终端节点无效：{reason}',
  'doctor.offline': '未检查：--offline。',
  'doctor.unreachable': '无法访问 {upstream}（{reason}）。请检查网络、防火墙和区域。',
  'doctor.noDate': '{upstream} 没有返回时间，无法检查时钟。',
  'doctor.clock': '本机时钟与服务的时钟相差{seconds}秒。',
  'doctor.clockSkew': '本机时钟与服务的时钟相差{seconds}秒。请用NTP校准；相差超过15分钟时，签名会被拒绝。',
  'doctor.proxy': '签名代理正在 {url} 运行',
  'doctor.proxyOther': '{url} 的服务器不是签名代理（状态码{status}）。请检查 --base-url。',
  'doctor.proxyDown': '{url} 没有响应（{reason}）。请启动 cts-tracker proxy，或检查 --base-url。',
  'doctor.proxyNone': '{url} 没有运行签名代理。可用 cts-tracker proxy 启动。',
};
