import type { Report } from "../../src/report/report.ts";

const signedRequest = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html";

/** A report with every outcome, and with every character that a format must escape. */
export const REPORT: Report = {
  exchanges: 1003,
  dropped: 998,
  failed: 1,
  warned: 1,
  passed: 2,
  clients: [
    {
      client: "claude-cli/2.1.329",
      exchanges: 1,
      answeredInferences: 1,
      rules: [
        {
          rule: "sigv4-host-signed",
          group: "authentication",
          level: "fail",
          what: "The host is signed: host, or :authority on HTTP/2.",
          source: signedRequest,
          passed: 1,
          broken: 0,
        },
      ],
    },
    {
      client: 'my|proxy<1>&"2"',
      exchanges: 4,
      answeredInferences: 1,
      rules: [
        {
          rule: "user-agent-names-client",
          group: "headers",
          level: "warn",
          what: "user-agent names the client.",
          source: "Claude Code 2.1.329, 100% of requests",
          passed: 0,
          broken: 1,
          first: {
            exchange: "00000000-0000-4000-8000-000000000002",
            request: "GET /v1/models?a=`b`|c",
            message: '"\u001B[31m<x>" names no client,\r\nand is not * _plain_.',
            fix: "Send NAME/VERSION.",
            diagnosis: [],
          },
        },
        {
          rule: "sigv4-host-signed",
          group: "authentication",
          level: "fail",
          what: "The host is signed: host, or :authority on HTTP/2.",
          source: signedRequest,
          passed: 1,
          broken: 3,
          first: {
            exchange: "00000000-0000-4000-8000-000000000003",
            request: "POST /v1/messages",
            message:
              "The host is not among the signed headers, which is a rather long story that has to be told in two lines.",
            fix: "Add host to the signed headers.",
            diagnosis: [
              { code: "HOST_NOT_SIGNED", message: "The host is not among the signed headers", fix: "Sign host." },
              { code: "CLOCK_SKEW", message: "The time of signing is too far off.", fix: "Set the clock." },
            ],
          },
        },
        {
          rule: "no-cookie",
          group: "credential hygiene",
          level: "warn",
          what: "No cookie is sent.",
          source: signedRequest,
          passed: 4,
          broken: 0,
        },
      ],
    },
  ],
};
