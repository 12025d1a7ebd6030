// 命令行自身的文字。请求有什么问题，由软件包来说明。
const service = `服务
  --base-url URL          经由签名代理，例如 http://127.0.0.1:8788
  --region ID             直接访问，用环境变量中的密钥签名
  --endpoint URL          同上，用于不属于某个区域的终端节点
  --emulator              演练：使用本进程内的模拟器，其中有文件所写的桶和KMS密钥；数据不会离开本机
  --project-id ID         缺省为 HUAWEICLOUD_SDK_PROJECT_ID
  --domain-id ID          缺省为 HUAWEICLOUD_SDK_DOMAIN_ID
  --timeout SECONDS       一次调用（含重试）的时限，单位秒（30）`;
const input = `  --input FORMAT          ndjson、json 或 yaml；缺省按文件名或首行判断`;
const common = `  --json                  供程序读取：在标准输出上每行一个JSON对象
  --locale LOCALE         en（缺省）或 zh-CN
  -h, --help`;
const exits = '退出码0：正常；1：发现问题；2：用法错误；3：服务或网络问题；130：被Ctrl-C中断（143：被SIGTERM中断）。';
const keys = `环境变量
  HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK   密钥（或 CLOUD_SDK_AK、CLOUD_SDK_SK）
  HUAWEICLOUD_SDK_SECURITY_TOKEN           临时密钥的令牌
  HUAWEICLOUD_SDK_PROJECT_ID, HUAWEICLOUD_SDK_DOMAIN_ID`;

export default {
  help: `校验、检查并创建华为云云审计服务（CTS）的追踪器。

  cts-tracker validate FILE...   校验请求，不发送任何内容
  cts-tracker check FILE         向服务检查文件中的每个桶
  cts-tracker create FILE        创建文件中的每个追踪器，绝不重复创建
  cts-tracker proxy              在本机运行签名代理
  cts-tracker emulator           在本机运行服务的模拟器
  cts-tracker doctor             查找缺少的条件

  cts-tracker COMMAND --help     某个命令的用法
  cts-tracker --version

文件可以是NDJSON（每行一个请求）、JSON（一个请求或请求的列表）或YAML。
${exits}`,

  'help.validate': `cts-tracker validate FILE... [选项]

校验请求，文件大小不限；- 表示标准输入。不发送任何内容。

  --kind KIND             createTracker（缺省），或 checkBucket：每个请求是一个桶
${input}
  --warnings              同时显示警告；警告不会使请求无效
  --format FORMAT         text（缺省）或 json（同 --json）
${common}

  cts-tracker validate trackers.ndjson
  cat buckets.yaml | cts-tracker validate - --input yaml --kind checkBucket

${exits}`,

  'help.check': `cts-tracker check FILE (--base-url URL | --region ID | --endpoint URL | --emulator) [选项]

向服务询问能否把事件转储到文件中的每个桶。无效的桶不会发送。

${service}
选项
${input}
  --concurrency N         同时进行的请求数（4）
  --batch-size N          每个请求中的桶数（20）
  -q, --quiet             只显示失败的桶
${common}

${keys}

${exits}`,

  'help.create': `cts-tracker create FILE (--base-url URL | --region ID | --endpoint URL | --emulator) [选项]

创建文件中的每个追踪器。只要有一个请求无效，就不发送任何请求。
开始了什么、结果如何，都会先写入日志文件。再次运行时，已创建的追踪器会跳过，失败的会重试，结果未知的不会再次发送。

${service}
选项
  --journal FILE          缺省为 FILE.journal.ndjson；使用 --emulator 时没有
  --retry-unknown         重新发送结果未知的请求；追踪器若已存在，不会重复创建
  --any-target            也采用日志文件中其他代理或区域的记录
  --concurrency N         同时进行的调用数（1）
${input}
  -q, --quiet             只显示未创建的追踪器
${common}

${keys}

按Ctrl-C后会先完成正在进行的调用；再按一次则不再等待。
${exits}`,

  'help.proxy': `cts-tracker proxy (--region ID | --endpoint URL) [选项]

运行签名代理：网页和脚本发送不带密钥的请求，由代理检查、签名并转发。

  --port PORT             （8788；0：任意空闲端口）
  --host HOST             （127.0.0.1）
  --allow-origin ORIGIN   允许使用代理的网页来源，例如 http://localhost:5173；可多次给出
  --allow-host HOST:PORT  除自身以外允许的访问名称；可多次给出
  --project ID            只为此项目签名（缺省为 HUAWEICLOUD_SDK_PROJECT_ID）；可多次给出
  --domain ID             只为此账号签名（缺省为 HUAWEICLOUD_SDK_DOMAIN_ID）；可多次给出
${common}

${keys}

运行记录写到标准错误，每行一个JSON对象；其中没有密钥、请求头或请求体。`,

  'help.emulator': `cts-tracker emulator [选项]

在本机运行两个接口的模拟器。它会检查签名，并接受自带的示例密钥。

  --port PORT             （8789；0：任意空闲端口）
  --host HOST             （127.0.0.1）
  --latency MS            每个响应延迟的毫秒数
  --fault FAULT           依次发生的故障，例如 "429; retry-after=5"；可多次给出
${common}`,

  'help.doctor': `cts-tracker doctor [选项]

查看其他命令所需的条件是否具备，不具备时说明该怎么做。不显示任何环境变量的值。

  --region ID             检查此区域的服务
  --endpoint URL          或检查此终端节点
  --base-url URL          签名代理的地址（http://127.0.0.1:8788）
  --offline               不访问网络
${common}

退出码0：正常；1：本机有问题；2：用法错误；3：服务或网络问题。`,

  error: '错误',
  warning: '警告',
  whole: '（请求）',
  comma: '、',
  stopped: '已停止',
  internal: '这是 cts-tracker 自身的故障：{reason}',

  'usage.seeHelp': '参见：cts-tracker{command} --help',
  'usage.command': '没有命令 {command}。',
  'usage.commandFirst': '先写命令，再写选项。',
  'usage.file': '请给出一个或多个文件，或用 - 表示标准输入。',
  'usage.oneFile': '请给出一个文件，或用 - 表示标准输入。',
  'usage.noFiles': '{command} 不接受文件。',
  'usage.oneOf': '{option} 只能是：{values}',
  'usage.number': '{option} 是{least}到{most}的整数。',
  'usage.baseUrl': '--base-url 是 http: 或 https: 的URL，不含用户名、密码、查询和片段。',
  'usage.noService': '服务在哪里？请给出 --base-url（签名代理）、--region（密钥在环境变量中），或用 --emulator 演练。',
  'usage.oneService': '以下选项只能给出一个：{options}',
  'usage.noId': '请给出 {option}，或设置 {variable}。',
  'usage.badId': '{option}：{reason}',

  'file.missing': '{path}：没有这个文件。',
  'file.directory': '{path} 是文件夹，不是文件。',
  'file.denied': '{path}：没有读取权限。',
  'file.unreadable': '无法读取 {path}（{code}）。',
  'file.large': '{path} 太大：最多{max} MiB。请拆分；validate 可以处理任意大小的NDJSON。',
  'file.utf8': '{path} 不是UTF-8编码：请另存为UTF-8。',
  'file.empty': '{path} 中没有请求。',
  'file.oneText': '看起来是一个完整的JSON，而不是每行一个请求：请用 --input json 来读取。',
  'file.repeated': '文件中 {first} 处已有追踪器 {name}：请删除其中一个。',
  'yaml.broken': '不是有效的YAML：{reason}',

  'credentials.missing': '环境变量中没有 {names}。请设置两个密钥，或用 --base-url 经由持有密钥的代理。',

  'validate.buckets': '看起来是要检查的桶：请用 --kind checkBucket 来校验。',
  'validate.summary': '{lines}个请求：{valid}个有效，{invalid}个无效，{warned}个有警告',

  'check.progress': '检查桶',
  'check.passed': '正常',
  'check.failed': '失败',
  'check.unreachable': '未知',
  'check.summary': '{passed}个正常，{failed}个失败，{unreachable}个无法询问，{invalid}个无效，{unchecked}个未检查',

  'create.progress': '创建追踪器',
  'create.created': '已创建',
  'create.skipped': '跳过',
  'create.exists': '已存在',
  'create.failed': '失败',
  'create.unknown': '未知',
  'create.changed': '之前已创建；请求之后被修改，这次不起作用',
  'create.existsNow': '追踪器已存在：很可能是结果未知的那次创建的',
  'create.notResent': '之前的尝试可能已经创建；不再发送',
  'create.nothingSent': '{invalid}个请求无效：没有发送任何请求。',
  'create.stdinJournal': '从标准输入读取请求时，请指定日志文件：--journal FILE',
  'create.summary':
    '{created}个已创建，{skipped}个跳过（之前已创建），{exists}个已存在，{failed}个失败，{unknown}个未知',
  'create.stopped': '{left}个没有开始：它们会同样失败。{reason}解决后请再次运行。',
  'create.interrupted': '{left}个没有开始：已中断。再次运行即可继续。',
  'create.unknownHint': '未知表示追踪器可能已存在。请查看追踪器列表；--retry-unknown 会重新发送这些请求。',
  'create.journal': '日志文件：{path}',

  'journal.locked': '另一个 create 正在使用此日志文件。如果没有，请删除 {path} 后重试。',
  'journal.foreign': '{path} 不是 cts-tracker create 的日志文件：请用 --journal 指定另一个。',
  'journal.damaged': '日志文件 {path} 的第{line}行无法读取，因此不知道已创建了什么：没有发送任何请求。',
  'journal.unwritable': '无法写入日志文件 {path}（{code}）：没有它就不发送任何请求。',
  'journal.elsewhere':
    '日志文件 {path} 表明，此文件的追踪器曾发送到 {targets}，而不是 {target}。请指定另一个 --journal；如果是同一个地方，请给出 --any-target。',

  'listen.taken': '端口{port}已被占用：请结束占用它的程序，或用 --port 选择另一个。',
  'listen.denied': '不允许使用端口{port}：请用 --port 选择大于1023的端口。',
  'listen.host': '{host} 不是本机的地址：参见 --host。',
  'listen.failed': '无法在 {host} 的端口{port}上监听（{code}）。',

  'proxy.upstream': '请给出 --region 或 --endpoint 中的一个。',
  'proxy.keys': '环境变量中没有 {names}。请设置两个密钥；cts-tracker emulator 有可供试用的示例密钥。',
  'proxy.ready': '签名代理：{url}（转发到 {upstream}）',
  'proxy.projects': '只为项目 {projects} 签名',
  'proxy.anyProject': '为这些密钥的任何项目签名：可用 --project 限制',
  'proxy.noOrigin': '其他来源的网页不能使用：可用 --allow-origin 允许',
  'proxy.exposed': '正在 {host} 上监听：能访问到它的人都能用您的密钥创建追踪器',

  'emulator.ready': '模拟器：{url}',
  'emulator.keys': '它接受以下示例密钥；这些密钥是公开的，任何真实服务都不接受：',
  'emulator.try': '在另一个终端中设置后运行：cts-tracker proxy --endpoint {url}',

  'doctor.ok': '正常',
  'doctor.warn': '注意',
  'doctor.fail': '失败',
  'doctor.skip': '-',
  'doctor.node': 'Node {version}。',
  'doctor.nodeOld': 'Node {version}太旧：请安装{oldest}或更高版本。',
  'doctor.wasm': 'cts-tracker {version}的两个WebAssembly模块可以启动。',
  'doctor.wasmFails': 'WebAssembly无法启动（{reason}）：请重新安装软件包，并允许WebAssembly。',
  'doctor.keys': '环境变量中有两个密钥。',
  'doctor.keysTemporary': '环境变量中有两个密钥和安全令牌。',
  'doctor.keysHalf': '环境变量中只有一个密钥：请设置 {missing}。',
  'doctor.keysNone': '环境变量中没有密钥：要在本机签名，请设置 {names}；使用代理或模拟器则不需要。',
  'doctor.keysSpaced': '{names}：值的前后有空格或换行，请重新设置。',
  'doctor.ids': '环境变量中有项目ID和账号ID。',
  'doctor.idsMissing': '环境变量中没有：{names}。请设置，或对 create 给出 --project-id，对 check 给出 --domain-id。',
  'doctor.noRegion': '未检查：请给出 --region。',
  'doctor.region': '{region} 位于 {upstream}。',
  'doctor.regionUnknown': '无法使用：{reason}',
  'doctor.offline': '未检查：--offline。',
  'doctor.unreachable': '无法访问 {upstream}（{reason}）：请检查网络、防火墙和区域。',
  'doctor.noDate': '{upstream} 没有给出时间，无法比较时钟。',
  'doctor.clock': '本机时钟与服务的时钟相差{seconds}秒。',
  'doctor.clockSkew': '本机时钟与服务的时钟相差{seconds}秒：请用NTP校准。相差15分钟以上时，签名不被接受。',
  'doctor.proxy': '{url} 处有签名代理。',
  'doctor.proxyOther': '{url} 处的不是签名代理（状态码{status}）：请检查 --base-url。',
  'doctor.proxyDown': '{url} 处没有响应（{reason}）：请用 cts-tracker proxy 启动，或检查 --base-url。',
  'doctor.proxyNone': '{url} 处没有签名代理；cts-tracker proxy 可以启动。',
};
