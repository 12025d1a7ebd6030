// 简体中文的帮助。
import { emulatorBuckets, emulatorKeys, emulatorLocation } from '../generated/metadata.js';
import type { help as english } from './texts.help.en.js';

const ways = `  --base-url URL          签名代理的地址，例如 http://127.0.0.1:8788
  --region ID             该区域的终端节点；用环境变量中的密钥签名
  --endpoint URL          其他终端节点；签名方式相同`;
const project = `  --project-id ID         默认为 HUAWEICLOUD_SDK_PROJECT_ID`;
const service = `服务（前四项选其一）
${ways}
  --emulator              试运行：使用本进程内的模拟器，其中有文件中写到的桶和KMS密钥；数据不会离开本机
${project}
  --domain-id ID          默认为 HUAWEICLOUD_SDK_DOMAIN_ID
  --timeout SECONDS       一次请求（含重试）的时限，单位为秒（默认30）`;
const input = `  --input FORMAT          ndjson、json 或 yaml（默认按扩展名或内容判断）；
                          NDJSON的每行和JSON文件最大64 MiB，YAML文件最大4 MiB`;
const allowUnknown = `  --allow-unknown         忽略未知的键并发送请求，即使它像是拼错的键`;
const common = `  --json                  每行输出一个JSON对象，供程序读取
  --locale LOCALE         en（默认）或 zh-CN
  -h, --help              显示本帮助`;
const exits = '退出码0：成功；1：发现问题；2：用法错误；3：服务或网络错误；130：被Ctrl-C中断（143：被SIGTERM中断）。';
const keys = `环境变量
  HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK   访问密钥AK和SK（或 CLOUD_SDK_AK、CLOUD_SDK_SK）
  HUAWEICLOUD_SDK_SECURITY_TOKEN           临时密钥的安全令牌
  HUAWEICLOUD_SDK_AK_FILE, HUAWEICLOUD_SDK_SK_FILE, HUAWEICLOUD_SDK_SECURITY_TOKEN_FILE
                                           存放密钥的文件，例如挂载的secret；代理每分钟重新读取
  HUAWEICLOUD_SDK_PROJECT_ID, HUAWEICLOUD_SDK_DOMAIN_ID
  HTTPS_PROXY, HTTP_PROXY, NO_PROXY        转发代理，以及不经转发代理访问的主机`;

export const help: Readonly<Record<keyof typeof english, string>> = {
  help: `校验、检查并创建华为云云审计服务（CTS）的追踪器。

  cts-tracker validate FILE...   校验请求，不发送任何内容
  cts-tracker check FILE         通过服务检查文件中的每个桶
  cts-tracker create FILE        创建文件中的每个追踪器，不会重复创建
  cts-tracker list               列出项目的追踪器
  cts-tracker proxy              在本机运行签名代理
  cts-tracker emulator           在本机运行服务的模拟器
  cts-tracker doctor             检查运行环境：Node.js、密钥、时钟、网络、代理、项目

  cts-tracker COMMAND --help     显示某个命令的选项
  cts-tracker --version          显示版本

文件可以是NDJSON（每行一个请求）、JSON（依次排列的请求，或请求列表）或YAML。
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

向服务查询能否将事件转储到文件中的每个桶。无效的桶不会发送。只要有一个桶含有拼错的键，就不发送任何请求。

${service}
选项
${input}
  --concurrency N         并发请求数（默认4）
  --batch-size N          每个请求中的桶数（默认20）
${allowUnknown}
  -q, --quiet             只显示失败的桶
${common}

${keys}

${exits}`,

  'help.create': `cts-tracker create FILE (--base-url URL | --region ID | --endpoint URL | --emulator) [选项]

创建文件中的每个追踪器。只要有一个请求无效或有拼错的键，就不发送任何请求。
已存在的追踪器会如实报告（退出码1），不作修改。
每个请求及其结果都会记入日志文件。再次运行即可继续：已创建的追踪器会跳过，失败的请求会重新发送，结果未知的请求不会重新发送。
结束前和下次运行时，create 会查询每个结果未知的追踪器，时限为 --timeout；代理必须允许查询（--allow-lookup）。
结果为：已创建、先前已有、内容不同（列出不同的字段）或未查到。

${service}
选项
  --journal FILE          默认为 FILE.journal.ndjson；使用 --emulator 时不写日志文件
  --retry-unknown         重新发送未查到或未能查询的请求；已存在的追踪器不会重复创建
  --any-target            接受日志文件中其他代理、区域或终端节点的记录
${allowUnknown}
  --concurrency N         并发请求数（默认1）
${input}
  -q, --quiet             只显示未创建的追踪器
${common}

${keys}

按Ctrl-C后会等待正在进行的请求完成；再按一次则立即停止。
${exits}`,

  'help.list': `cts-tracker list (--base-url URL | --region ID | --endpoint URL) [选项]

列出项目的追踪器。代理必须允许查询（--allow-lookup）。

服务（前三项选其一）
${ways}
${project}
  --timeout SECONDS       请求（含重试）的时限，单位为秒（默认30）
选项
  --type TYPE             只列出此类型的追踪器：system 或 data
  --name NAME             只列出此名称的追踪器
${common}

${keys}

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
  --allow-lookup          允许查询追踪器列表，供 listTrackers 和 resolveCreation 使用
  --metrics               在/-/metrics以Prometheus的文本格式提供计数
  --allow-faults          转发请求头 x-emulator-fault，用于对 --endpoint 处的模拟器进行测试
${common}

${keys}

运行日志写到标准错误，每行一个JSON对象。关于请求的行含有其响应中的请求ID。日志不含密钥和请求体。`,

  'help.emulator': `cts-tracker emulator [选项]

在本机运行服务的模拟器。它会验证签名，并接受自带的示例密钥。
存在以下桶：${emulatorBuckets.join('、')}，均在 ${emulatorLocation}。
存在以下KMS密钥：${emulatorKeys.join('、')}。

  --port PORT             默认为8789；0表示任意空闲端口
  --host HOST             默认为127.0.0.1
  --bucket NAME@REGION    另外存在的桶，例如 audit@cn-north-4；可多次给出
  --kms-key ID            另外存在的KMS密钥；可多次给出
  --latency MS            每个响应延迟的毫秒数
  --fault FAULT           下一个请求的故障，例如 "429; retry-after=5"；可多次给出，依次生效
${common}`,

  'help.doctor': `cts-tracker doctor [选项]

检查其他命令所需的条件，并说明如何解决缺少的条件。不显示任何环境变量的值。

  --region ID             检查此区域的终端节点
  --endpoint URL          改为检查此终端节点
  --base-url URL          要检查的签名代理（默认为 http://127.0.0.1:8788）
  --project-id ID         列出此项目的追踪器，以验证密钥、时钟、区域和项目（默认为 HUAWEICLOUD_SDK_PROJECT_ID）
  --offline               不访问网络
${common}

退出码0：成功；1：本机有问题；2：用法错误；3：服务或网络错误。`,
};
