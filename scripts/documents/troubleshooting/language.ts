import type { OwnRefusalCode } from "../../../apps/gateway/src/refusals/own-refusals.ts";
import type { FaultName } from "../../../apps/fake/src/terms/faults.ts";
import type { ProblemCode } from "../../../packages/env/src/problem.ts";
import type { FetchErrorCode } from "../../../packages/fetch/src/fetch-error.ts";
import { CHINESE_FETCH_CODES, CHINESE_GATEWAY_CODES } from "./chinese-own-codes.ts";
import { CHINESE_PROBLEMS, CHINESE_REFUSALS } from "./chinese-explanations.ts";
import type { CauseAndFix } from "./explanation.ts";
import { FETCH_CODES, GATEWAY_CODES } from "./own-codes.ts";

/** What the page says in one language around its entries, and the entries that it has in it. */
export interface Language {
  readonly title: string;
  readonly intro: string;
  readonly refusals: { readonly title: string; readonly intro: string };
  readonly problems: { readonly title: string; readonly intro: string };
  readonly diagnoses: { readonly title: string; readonly intro: string };
  readonly fetch: { readonly title: string; readonly intro: string };
  readonly gateway: { readonly title: string; readonly intro: string };
  readonly services: { readonly title: string; readonly intro: string };
  /** Heads of columns. */
  readonly columns: {
    readonly status: string;
    readonly type: string;
    readonly entries: string;
    readonly service: string;
    readonly words: string;
    readonly when: string;
  };
  /** What stands before a cause, and so on. */
  readonly labels: {
    readonly cause: string;
    readonly fix: string;
    readonly hint: string;
    readonly source: string;
    readonly evidence: string;
    readonly answer: string;
    readonly seen: string;
    readonly says: Readonly<Record<"error" | "warning", string>>;
  };
  /** How a code is seen that no answer carries. */
  readonly thrown: string;
  /** Stands where the words of a service are not known. */
  readonly noWords: string;
  /** Stands under an entry that is in English for want of a translation; absent in English. */
  readonly notTranslated?: string;
  readonly translatedRefusals: Readonly<Partial<Record<FaultName, CauseAndFix>>>;
  readonly translatedProblems: Readonly<Partial<Record<ProblemCode, CauseAndFix>>>;
  readonly fetchCodes: Readonly<Record<FetchErrorCode, CauseAndFix>>;
  readonly gatewayCodes: Readonly<Record<OwnRefusalCode, CauseAndFix>>;
}

/** The page in English, which has every entry. */
export const ENGLISH: Language = {
  title: "Troubleshooting",
  intro: `[中文](troubleshooting.zh.md)

What went wrong, and what to do, by what you have in hand. Where that is a machine on which it does not work,
\`npx claude-on-aws status --try\` sends one small request and names the entry:

- [an HTTP status and the words of AWS](#an-http-status-and-the-words-of-aws);
- [an error while getting credentials](#an-error-while-getting-credentials), from STS or IAM Identity Center;
- [a code of \`status\`](#a-code-of-status): \`npx claude-on-aws status\` reads your configuration and names what is wrong with it;
- [a code of \`verify\`](#a-code-of-verify): \`npx claude-on-aws verify\` says why a recorded request is refused;
- [a code of \`fetch\`](#a-code-of-fetch): \`@claude-on-aws/fetch\` sent nothing, or could not finish;
- [a code of the gateway](#a-code-of-the-gateway): \`npx claude-on-aws gateway\` refused the request by itself.

\`pnpm write:documents\` writes this page from the tables of the packages and from what the fake answers; a test compares it.
Sources are pages, reports, or the version of a client in which something was observed.`,
  refusals: {
    title: "An HTTP status and the words of AWS",
    intro:
      "Search this page for the words, or begin with the status. Names, dates and regions in the words are examples; where they say `fake`, the fake has words of its own, because those of the service are not known. What sources leave open is in [differences](differences.md).",
  },
  problems: {
    title: "A code of `status`",
    intro: "A name in braces stands for what was found. With an error, the client sends nothing.",
  },
  diagnoses: {
    title: "A code of `verify`",
    intro: "Reports of the fake name the same codes, in their diagnoses and in the header `x-claude-on-aws-hint`.",
  },
  fetch: {
    title: "A code of `fetch`",
    intro:
      "It stands in the header `x-claude-on-aws-refusal` of an answer that does not come from the service, in `code` of a `FetchError`, or in `code` of the `error` event that ends a stream. Codes that are not here are those of [`@claude-on-aws/auth`](../packages/auth/README.md), which signs and finds credentials.",
  },
  gateway: {
    title: "A code of the gateway",
    intro:
      "It stands in the header `x-claude-on-aws-refusal` of an answer that comes from the gateway itself, and in its audit and metrics. What comes from AWS has no such header.",
  },
  services: {
    title: "An error while getting credentials",
    intro: "The credential chain of a client asks these services before it sends anything to Claude.",
  },
  columns: {
    status: "status",
    type: "type or exception",
    entries: "look at",
    service: "service",
    words: "words",
    when: "when",
  },
  labels: {
    cause: "Cause",
    fix: "Fix",
    hint: "Against the fake",
    source: "Source",
    evidence: "Told from",
    answer: "What the service answers",
    seen: "Seen as",
    says: { error: "Error", warning: "Warning" },
  },
  thrown: "a `FetchError` that is thrown, or the `error` event that ends a stream",
  noWords: "`fake`",
  translatedRefusals: {},
  translatedProblems: {},
  fetchCodes: FETCH_CODES,
  gatewayCodes: GATEWAY_CODES,
};

/** The page in Chinese, which has some entries, and English for the rest. */
export const CHINESE: Language = {
  title: "故障排除",
  intro: `[English](troubleshooting.md)

按您手头的线索查找原因和解决办法。若在出问题的机器上，\`npx claude-on-aws status --try\` 会发送一个很小的请求并指出对应的条目：

- [HTTP 状态码和 AWS 的错误文字](#http-状态码和-aws-的错误文字)；
- [获取凭证时的错误](#获取凭证时的错误)，来自 STS 或 IAM Identity Center；
- [\`status\` 的代码](#status-的代码)：\`npx claude-on-aws status\` 读取您的配置并指出问题；
- [\`verify\` 的代码](#verify-的代码)：\`npx claude-on-aws verify\` 说明一个已记录的请求为何被拒绝；
- [\`fetch\` 的代码](#fetch-的代码)：\`@claude-on-aws/fetch\` 没有发送，或者未能完成；
- [网关的代码](#网关的代码)：\`npx claude-on-aws gateway\` 自行拒绝了请求。

Claude Code 官方页面提到的条目，以及 \`fetch\` 和网关的代码，有中文；其余条目以英文显示，并注明“仅有英文”；表格中的“情形”和对模拟服务的提示也是英文。

本页由 \`pnpm write:documents\` 根据各软件包的表格和模拟服务的回答生成，并由测试核对。`,
  refusals: {
    title: "HTTP 状态码和 AWS 的错误文字",
    intro:
      "可以在本页搜索错误文字，或从状态码开始。文字中的名称、日期和区域只是示例；标为 `fake` 的行是模拟服务自己的文字，因为不知道真实服务的措辞。资料尚无定论之处见 [differences](differences.md)（英文）。",
  },
  problems: {
    title: "`status` 的代码",
    intro: "花括号中的名称代表实际找到的值。严重程度为“错误”时，客户端不会发送任何请求。",
  },
  diagnoses: {
    title: "`verify` 的代码",
    intro: "模拟服务的报告和标头 `x-claude-on-aws-hint` 使用相同的代码。",
  },
  fetch: {
    title: "`fetch` 的代码",
    intro:
      "代码见于并非来自服务的回答的标头 `x-claude-on-aws-refusal`、`FetchError` 的 `code`，或者结束流的 `error` 事件的 `code`。此处没有的代码属于负责签名和查找凭证的 [`@claude-on-aws/auth`](../packages/auth/README.md)（英文）。",
  },
  gateway: {
    title: "网关的代码",
    intro:
      "代码见于网关自己的回答的标头 `x-claude-on-aws-refusal`，以及网关的审计记录和指标。来自 AWS 的回答没有这个标头。",
  },
  services: { title: "获取凭证时的错误", intro: "客户端的凭证链在向 Claude 发送请求之前先询问这些服务。" },
  columns: { status: "状态码", type: "类型或异常", entries: "参见", service: "服务", words: "文字", when: "情形" },
  labels: {
    cause: "原因",
    fix: "解决",
    hint: "对模拟服务",
    source: "来源",
    evidence: "依据",
    answer: "服务的回答",
    seen: "表现为",
    says: { error: "错误", warning: "警告" },
  },
  thrown: "抛出的 `FetchError`，或者结束流的 `error` 事件",
  noWords: "`fake`",
  notTranslated: "（仅有英文）",
  translatedRefusals: CHINESE_REFUSALS,
  translatedProblems: CHINESE_PROBLEMS,
  fetchCodes: CHINESE_FETCH_CODES,
  gatewayCodes: CHINESE_GATEWAY_CODES,
};
