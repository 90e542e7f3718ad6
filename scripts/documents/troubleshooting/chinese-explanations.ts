import type { FaultName } from "../../../apps/fake/src/terms/faults.ts";
import type { ProblemCode } from "../../../packages/env/src/problem.ts";
import type { CauseAndFix } from "./explanation.ts";

/** Refusals in Chinese: those that Claude Code's own pages tell of, in Chinese as well. */
export const CHINESE_REFUSALS: Readonly<Partial<Record<FaultName, CauseAndFix>>> = {
  "access-denied": {
    cause:
      "客户端实际使用的 IAM 身份没有在该资源上执行此操作的权限。它往往不是您以为的那个身份：API 密钥优先于配置文件，配置文件优先于角色。另有报告说，失效的 API 密钥也会得到 403。",
    fix: "错误文字里写明了谁、缺哪个操作、在哪个资源上。请在该角色或用户的策略中允许它，并确认没有其他策略拒绝；`claude-on-aws policy` 可以用实际请求检验策略。",
  },
  "api-key-unknown": {
    cause:
      "密钥格式正确但无效：已被撤销、属于别的区域，或者没有复制完整。环境变量中的密钥优先于 AWS 凭证，所以即使凭证有效，过期的密钥也会先被使用。",
    fix: "在 AWS 控制台的 Claude Platform on AWS → API keys（或 Amazon Bedrock → API keys）中重新生成密钥，或者取消该变量，改用 AWS 凭证签名。",
  },
  "api-key-malformed": {
    cause: "密钥不属于这个服务：来自 Claude Console 或另一个 AWS 服务，或者复制时被截断、带了引号或空白。",
    fix: "AWS 上的 Claude Platform 只接受在 AWS 控制台为该工作区生成的密钥；Amazon Bedrock 接受 `ABSK…` 和 `bedrock-api-key-…`。请重新复制成一行。",
  },
  "workspace-missing": {
    cause:
      "请求没有指明工作区。发往 AWS 上的 Claude Platform 的每个请求都必须带上工作区 ID，AWS 凭证并不隐含它。在 Claude Code 中，这表示 `ANTHROPIC_AWS_WORKSPACE_ID` 未设置或为空。",
    fix: "在 AWS 控制台的 Claude Platform on AWS → Workspaces 中找到 ID，在启动客户端之前导出为 `ANTHROPIC_AWS_WORKSPACE_ID`；自己写的客户端用标头 `anthropic-workspace-id` 发送。",
  },
  "workspace-unknown": {
    cause: "工作区不存在、已归档、位于另一个区域，或者属于另一个组织，而不是与此 AWS 账户关联的组织。",
    fix: "使用通过 AWS Marketplace 订阅得到的组织中的 ID，并使用创建该工作区时所选的区域。",
  },
  "credentials-expired": {
    cause: "临时凭证已经过期，常见于长时间运行的程序所用的 SSO 会话。",
    fix: "重新登录（`aws sso login`）。在 Claude Code 的设置中，`awsAuthRefresh` 可以指定登录命令，届时会自动运行并重试请求。",
  },
  "model-unknown": {
    cause: "该服务在此区域没有这个 ID 的模型：ID 属于另一个服务、多了后缀，或者此区域没有这个推理配置文件。",
    fix: "列出可用的模型（`claude-on-aws models`，或 `aws bedrock list-inference-profiles --region REGION`）；换到支持该模型的区域，或使用跨区域的推理配置文件。",
  },
  "model-needs-profile": {
    cause: "Amazon Bedrock 只通过推理配置文件提供此模型，而请求写的是模型本身的 ID（不支持按需吞吐量）。",
    fix: "改用推理配置文件的 ID，即在模型 ID 前加上 `us.` 或 `global.` 等地理前缀，或者使用推理配置文件的 ARN。",
  },
  "model-access-denied": {
    cause: "此账户或工作区不能使用该模型：在这个账户和区域中尚未获得访问权限。",
    fix: "在 Amazon Bedrock 控制台的相应区域请求模型访问权限，或者在工作区中允许该模型。",
  },
};

/** Problems of `status` in Chinese, by the same choice. */
export const CHINESE_PROBLEMS: Readonly<Partial<Record<ProblemCode, CauseAndFix>>> = {
  WORKSPACE_ID_MISSING: {
    cause: "`ANTHROPIC_AWS_WORKSPACE_ID` 未设置或为空，而每个请求都必须指明工作区。",
    fix: "在 AWS 控制台的 Claude Platform on AWS → Workspaces 中找到 ID，并在启动客户端之前导出。",
  },
  SWITCH_NOT_TRUTHY: {
    cause: "启用提供程序的变量虽然已设置，但客户端把它的值当作“关闭”，请求因此仍然发往 `api.anthropic.com`。",
    fix: "把该变量设为 `1`，或者取消它。",
  },
  PROVIDER_SHADOWED: {
    cause:
      "同时启用了多个提供程序。`CLAUDE_CODE_USE_BEDROCK` 和 `CLAUDE_CODE_USE_FOUNDRY` 优先于 AWS 上的 Claude Platform。",
    fix: "只保留您要用的那一个变量，取消其余的。",
  },
  REQUESTS_GO_TO_FIRST_PARTY: {
    cause: "设置了 AWS 的变量，却没有启用任何提供程序：请求发往 `api.anthropic.com`。仅有 AWS 凭证并不会启用它。",
    fix: "设置 `CLAUDE_CODE_USE_ANTHROPIC_AWS=1`（AWS 上的 Claude Platform）或 `CLAUDE_CODE_USE_BEDROCK=1`（Amazon Bedrock）。",
  },
  CREDENTIALS_HIDDEN_BY_KEY: {
    cause: "设置了 API 密钥，它优先于 SigV4，环境中的 AWS 凭证因此不会被使用。",
    fix: "要用 AWS 凭证签名，请取消该密钥变量。失效的密钥与缺少权限的结果看起来相同。",
  },
  CREDENTIALS_NOT_FOUND: {
    cause: "在环境变量和配置文件中都没有找到 AWS 凭证，或者没有登录 SSO 会话。",
    fix: "运行 `aws configure` 或 `aws sso login --profile NAME` 并设置 `AWS_PROFILE`，或设置 `AWS_ACCESS_KEY_ID` 和 `AWS_SECRET_ACCESS_KEY`。",
  },
  KEY_OF_WRONG_FAMILY: {
    cause: "密钥看起来属于另一个服务。独立的 Claude Console 组织的密钥在这里无效。",
    fix: "使用为此提供程序生成的密钥；AWS 上的 Claude Platform 的密钥在 AWS 控制台中生成。",
  },
  REGION_MISSING: {
    cause: "没有找到区域，而此版本的客户端没有默认值。",
    fix: "设置 `AWS_REGION`，例如 `AWS_REGION=us-east-1`。",
  },
  REGION_DEFAULTED: {
    cause: "没有找到区域，客户端使用了默认值，它可能不是您的模型或工作区所在的区域。",
    fix: "把 `AWS_REGION` 设为您要用的区域。",
  },
  MODEL_NEEDS_PROFILE: {
    cause: "Bedrock 只通过推理配置文件提供此模型，而配置中写的是模型本身的 ID。",
    fix: "指定推理配置文件的 ID（例如以 `us.` 或 `global.` 开头）或它的 ARN。",
  },
  PROFILE_NOT_IN_REGION: {
    cause: "此区域没有这个推理配置文件。",
    fix: "运行 `aws bedrock list-inference-profiles --region REGION` 查看可用的配置文件，或把 `AWS_REGION` 设为支持它的区域。",
  },
  AUTHENTICATION_MISSING: {
    cause: "设置了跳过身份验证（网关自己签名时使用），但请求直接发往 AWS。",
    fix: "取消 `CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH`，或把 `ANTHROPIC_AWS_BASE_URL` 设为网关的地址。",
  },
};
