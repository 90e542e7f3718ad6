import { authFetch } from "@claude-on-aws/auth";

/** Secrets and variables of the worker. */
export interface Environment {
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
  readonly AWS_REGION: string;
  readonly ANTHROPIC_AWS_WORKSPACE_ID: string;
  /** Left out in production. */
  readonly ANTHROPIC_AWS_BASE_URL?: string;
}

export default {
  /** Answers the text of the request with what Claude says to it. */
  async fetch(request: Request, environment: Environment): Promise<Response> {
    const region = environment.AWS_REGION;
    const send = authFetch({
      credentials: {
        accessKeyId: environment.AWS_ACCESS_KEY_ID,
        secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
      },
      region,
      service: "aws-external-anthropic",
    });
    const base = environment.ANTHROPIC_AWS_BASE_URL ?? `https://aws-external-anthropic.${region}.api.aws`;
    return send(`${base}/v1/messages`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "anthropic-version": "2023-06-01",
        "anthropic-workspace-id": environment.ANTHROPIC_AWS_WORKSPACE_ID,
      },
      body: JSON.stringify({
        model: "claude-sonnet-4-6",
        max_tokens: 256,
        messages: [{ role: "user", content: await request.text() }],
      }),
    });
  },
};
