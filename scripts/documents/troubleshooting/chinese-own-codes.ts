import type { OwnRefusalCode } from "../../../apps/gateway/src/refusals/own-refusals.ts";
import type { FetchErrorCode } from "../../../packages/fetch/src/fetch-error.ts";
import type { CauseAndFix } from "./explanation.ts";

/** What `@claude-on-aws/fetch` does not send, or cannot finish, in Chinese. */
export const CHINESE_FETCH_CODES: Readonly<Record<FetchErrorCode, CauseAndFix>> = {
  BODY_MALFORMED: {
    cause: "消息的请求体不是 JSON 对象。",
    fix: "查看错误文字指出的字节位置；请发送未压缩的 UTF-8 JSON 对象。",
  },
  BODY_KEY_REPEATED: {
    cause:
      "`model` 或 `stream` 等起决定作用的名称在请求体中出现了两次（其中一次可能带转义）。不同的解析器会采用不同的那一个。",
    fix: "只发送一次；检查是否有代理或封装层自行添加了它。",
  },
  BODY_KEY_MISSPELLED: {
    cause: "起决定作用的名称大小写不对，例如 `Model`；有些解析器会把它当成正确的名称。",
    fix: "按 Messages API 的写法书写该名称。",
  },
  BODY_TOO_LARGE: {
    cause: "请求体超过 `maxBodyBytes`。",
    fix: "减少内容（例如使用 Files API，或去掉旧图片），或者提高该限制。",
  },
  BODIES_TOO_LARGE: {
    cause: "所有进行中的请求体加起来会超过 `maxBodyBytesInFlight`。",
    fix: "等其他请求结束后重试、减少并发，或者提高该限制。",
  },
  CREDENTIALS_EXPIRED: {
    cause: "AWS 凭证已过期，而其来源没有新的凭证。",
    fix: "重新登录，例如运行 `npx claude-on-aws login`；或者设置 `awsAuthRefresh`，届时会自动运行。",
  },
  CREDENTIALS_MISSING: {
    cause: "没有可用于身份验证的内容：既没有凭证也没有密钥，或者密钥由命令给出而没有人运行过该命令。",
    fix: "`npx claude-on-aws status` 会列出查找过的地方。请提供凭证或密钥；命令的输出以 `commandOutputs` 交给 `resolveConfig`。",
  },
  CONFIG_INCOMPLETE: {
    cause: "配置有错误，例如缺少工作区 ID 或区域。",
    fix: "阅读错误文字，或运行 `npx claude-on-aws status`，它会列出所有问题及其解决办法。",
  },
  PROVIDER_UNSUPPORTED: {
    cause: "配置所指的提供商不在 AWS 上，或者没有指定提供商。",
    fix: "启用其中一个：`CLAUDE_CODE_USE_ANTHROPIC_AWS=1`、`CLAUDE_CODE_USE_BEDROCK=1` 或 `CLAUDE_CODE_USE_MANTLE=1`。",
  },
  PATH_UNKNOWN: {
    cause: "URL 末尾不是 Messages API 的路径，或者该服务没有这个路径。",
    fix: "客户端的基础 URL 应止于 `/v1` 之前；每个服务有哪些路径见其路由表。",
  },
  CONNECTION_FAILED: {
    cause: "无法连接到服务，或者连接在回答开始之前中断：主机名、网络、TLS，或者需要代理而没有设置。",
    fix: "错误文字说明了失败之处。请检查区域和基础 URL、`HTTPS_PROXY` 和 `NO_PROXY`，以及会拆解 TLS 的代理的证书。",
  },
  REDIRECTED: {
    cause: "服务（或处在其位置上的程序）返回了重定向，而 `redirect` 为 `error`。",
    fix: "直接使用重定向所指的 URL。绝不会跟随到另一个源：签名只对一个主机有效。",
  },
  CONNECT_TIMEOUT: {
    cause: "`connectTimeoutMs` 之内没有建立连接：防火墙丢弃数据包、需要代理，或者主机不可用。",
    fix: "先确认这台机器能够访问该主机，再提高该限制。",
  },
  FIRST_BYTE_TIMEOUT: {
    cause: "`firstByteTimeoutMs` 之内回答没有开始。非流式的消息要全部写完之后才开始回答。",
    fix: "改用流式、减少所要的令牌数，或者提高该限制。",
  },
  STALL_TIMEOUT: {
    cause: "回答已经开始，但 `stallTimeoutMs` 之内没有后续内容。收到的内容不完整。",
    fix: "重新发送请求。若经常发生，请检查是否有代理截留了流。",
  },
  TOTAL_TIMEOUT: {
    cause: "包括所有重试在内，整个过程超过了 `totalTimeoutMs`。",
    fix: "提高该限制，或者减少所要的内容。",
  },
  STREAM_TRUNCATED: {
    cause: "消息的流在 `message_stop` 之前结束：服务或代理提前终止了它。收到的内容不完整，但可能已经计费。",
    fix: "重新发送请求；不要把收到的部分当作答案。若经常发生，请检查是否有代理限制了时间或大小。",
  },
  STREAM_FAILED: {
    cause: "连接在消息的流中间断开。收到的内容不完整，但可能已经计费。",
    fix: "重新发送请求；不要把收到的部分当作答案。",
  },
  PROXY_REFUSED: {
    cause: "`HTTPS_PROXY` 所指的代理不连接到该服务，或者要求用户名和密码。",
    fix: "请代理放行该主机，把用户名和密码写入代理的 URL，或者在 `NO_PROXY` 中列出该主机。",
  },
};

/** What the gateway refuses by itself, in Chinese. */
export const CHINESE_GATEWAY_CODES: Readonly<Record<OwnRefusalCode, CauseAndFix>> = {
  AUTHENTICATION_MISSING: {
    cause: "请求中既没有 `authorization` 也没有 `x-api-key`，网关无法知道是谁在请求。",
    fix: "把 `ANTHROPIC_AUTH_TOKEN` 设为网关的令牌；由网关的管理者用 `claude-on-aws gateway token add NAME` 生成。",
  },
  AUTHENTICATION_INVALID: {
    cause: "网关不接受此令牌或 JWT：不完整、属于另一个网关，或者方案不是 `Bearer`。",
    fix: "重新复制完整的令牌，不带引号和空格；若是 JWT，请确认其签发者和受众与网关配置一致。",
  },
  TOKEN_EXPIRED: {
    cause: "令牌或 JWT 已过期。",
    fix: "向网关的管理者索取新令牌；JWT 则向其签发者重新获取。",
  },
  TOKEN_REVOKED: { cause: "令牌已被撤销。", fix: "向网关的管理者索取新令牌。" },
  CLIENT_SIGNED: {
    cause: "客户端用 AWS 凭证为网关的主机签了名：这样的签名对 AWS 没有意义。",
    fix: "让网关签名：在 Claude Code 中按提供商设置 `CLAUDE_CODE_SKIP_BEDROCK_AUTH=1`、`CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH=1` 或 `CLAUDE_CODE_SKIP_MANTLE_AUTH=1`，并设置 `ANTHROPIC_AUTH_TOKEN`。",
  },
  REQUEST_AMBIGUOUS: {
    cause:
      "请求中起决定作用的内容有两种读法：两个不同的凭证、只允许出现一次的标头出现多次，或者路径中有编码的斜杠或点。",
    fix: "只发送一次。若 `ANTHROPIC_AUTH_TOKEN` 已是网关的令牌，请取消 `ANTHROPIC_API_KEY`。",
  },
  HEAD_UNREADABLE: {
    cause: "只出现在审计中：请求头不是 HTTP、带有两个长度、过长、没有及时到达，或者在只讲 TLS 的端口上以明文发来。",
    fix: "客户端已收到说明问题的纯文本。查看它与网关之间有什么；端口扫描器也会留下这样的行。",
  },
  MODEL_NOT_ALLOWED: {
    cause: "此调用者不得使用该模型，或者没有上游提供它。",
    fix: "使用网关的 `/v1/models` 所列的模型，或请管理者修改调用者或上游的 `models`；`claude-on-aws gateway --explain` 会说明由什么决定。",
  },
  UPSTREAM_NOT_ALLOWED: {
    cause: "此调用者可用的上游都没有所请求的功能，或者上游不接受客户端自己的密钥。",
    fix: "请管理者修改调用者的 `upstreams`；`claude-on-aws gateway --explain` 会说明由什么决定。",
  },
  ORIGIN_FOREIGN: {
    cause: "请求来自浏览器中另一个源的网页。任何网页都不得使用网关，否则所有网页都可以。",
    fix: "请从程序或您自己的服务器发出请求。",
  },
  HOST_FOREIGN: {
    cause: "请求的 `Host` 不是网关的：其地址的另一个名称，或者有网页把浏览器引到了这里。",
    fix: "使用网关启动时显示的地址，或者把该名称列入 `listen.allowedHosts`。",
  },
  ROUTE_UNKNOWN: {
    cause: "该路径不是网关的路径。",
    fix: "`ANTHROPIC_BASE_URL` 应与网关显示的一致，止于 `/v1` 之前。",
  },
  METHOD_UNKNOWN: { cause: "路径属于网关，但不支持此方法。", fix: "使用标头 `allow` 中列出的方法。" },
  BODY_TOO_LARGE: { cause: "请求体超过网关的限制。", fix: "减少内容，或请管理者提高 `maxBodyBytes`。" },
  NOT_SUPPORTED: {
    cause: "此调用者的上游都没有该操作，或者该操作会绕过限制，例如批处理会绕过对模型或费用的限制。",
    fix: "错误文字说明了所需的条件：有该功能的上游（批处理和文件需要 AWS 上的 Claude Platform），或者逐个发送请求。",
  },
  BUDGET_SPENT: {
    cause: "`budgets.caps` 中针对此调用者、其所在组或所有人的上限已用完，直到该时间窗结束。",
    fix: "等到错误文字所示的时间，或请管理者提高上限。客户端不会自行重试。",
  },
  RATE_LIMITED: {
    cause: "`budgets.caps` 中以秒计的上限已用完。",
    fix: "按 `retry-after` 所示等待；客户端会自行重试。",
  },
  TOO_MANY_AT_ONCE: {
    cause: "此调用者进行中的请求数已达到 `maxConcurrent`。",
    fix: "等其中一个结束，或请管理者提高该限制。",
  },
  BODY_INCOMPLETE: { cause: "请求体没有按时完整到达：连接太慢，或者客户端停止了发送。", fix: "重新发送。" },
  NO_ROOM: {
    cause: "网关所保存的请求体字节数已达上限。",
    fix: "按 `retry-after` 所示等待；客户端会自行重试。",
  },
  CALLERS_UNREADABLE: {
    cause: "网关无法读取令牌文件，或者无法获取 JWT 签发者的公钥。",
    fix: "管理者可在日志中看到原因；之后重试。",
  },
  UPSTREAM_UNREACHABLE: {
    cause: "没有上游给出回答：连接失败、耗时过长，或者所有上游因失败而暂停使用。",
    fix: "错误文字中有 `fetch` 的代码，见上一节。`claude-on-aws gateway --explain` 会显示有哪些上游。",
  },
  ANSWER_BROKEN: { cause: "回答在从服务传来的途中中断，可能已经计费。", fix: "重新发送请求。" },
  BUDGET_STORE_UNREACHABLE: {
    cause: "无法访问预算存储，而未计数的请求不予放行。",
    fix: "管理者应检查 `budgets.store`；`budgets.ratesWithoutStore` 可在此期间放行以秒计的上限，费用则从不放行。",
  },
  AUDIT_UNWRITABLE: {
    cause: "无法写入审计记录，而 `audit.onFailure` 为 `refuse`。",
    fix: "管理者应腾出磁盘空间，或修正文件的权限。",
  },
  CLOSING: { cause: "网关正在结束，不再接受请求。", fix: "重新发送；若有下一个网关，请求会到达那里。" },
  FAILED: { cause: "网关遇到了没有预料到的错误。", fix: "管理者可在日志中找到原因，并可报告此问题。" },
};
