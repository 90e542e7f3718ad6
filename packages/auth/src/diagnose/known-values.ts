/** Methods that clients of these services use. */
export const METHODS: readonly string[] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/** Signing names that requests to Claude are signed for, the wrong ones among them. */
export const SERVICES: readonly string[] = [
  "aws-external-anthropic",
  "bedrock",
  "bedrock-mantle",
  "bedrock-runtime",
  "execute-api",
  "s3",
  "sts",
];

/** Regions that signers fall back to, or where Claude is served. */
export const REGIONS: readonly string[] = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "us-gov-west-1",
  "us-gov-east-1",
  "ca-central-1",
  "sa-east-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "ap-east-1",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "me-central-1",
  "me-south-1",
  "il-central-1",
  "af-south-1",
];

/** Values that clients send, and that proxies and HTTP libraries put in their place. */
export const HEADER_VALUES: Readonly<Record<string, readonly string[]>> = {
  accept: [
    "*/*",
    "application/json",
    "text/event-stream",
    "application/json, text/event-stream",
    "application/json, text/plain, */*",
    "application/vnd.amazon.eventstream",
    "application/json, */*",
    "application/json,*/*",
  ],
  "content-type": [
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=utf-8",
    "application/json; charset=UTF-8",
    "application/json;charset=UTF-8",
    "text/plain;charset=UTF-8",
    "text/plain; charset=utf-8",
    "text/plain",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
  ],
  "accept-encoding": [
    "gzip, deflate",
    "gzip, deflate, br",
    "gzip, deflate, br, zstd",
    "gzip,deflate",
    "gzip,deflate,br",
    "br, gzip, deflate",
    "br,gzip,deflate",
    "gzip,deflate,br,zstd",
    "gzip, br",
    "gzip",
    "br",
    "deflate, gzip",
    "deflate",
    "identity",
    "*",
    "",
  ],
  connection: ["keep-alive", "close", "Keep-Alive", "Close", "upgrade", "Upgrade", "keep-alive, Upgrade", ""],
  "accept-language": ["*", "en-US,en;q=0.9", "en-US", "en"],
  "anthropic-version": ["2023-06-01", "2026-10-21", "bedrock-2023-05-31"],
  "x-amzn-bedrock-accept": ["application/json", "*/*"],
  "x-stainless-retry-count": ["0", "1", "2"],
  "amz-sdk-request": ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3", "attempt=1", "attempt=1; max=1"],
  "transfer-encoding": ["chunked", ""],
  "cache-control": ["no-cache", "no-store", ""],
  pragma: ["no-cache", ""],
  "x-forwarded-port": ["443", "80"],
  "x-forwarded-proto": ["https", "http"],
};

/** Headers whose value is a list, so that a comma in it does not mean that it was sent twice. */
export const LIST_HEADERS: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "anthropic-beta",
  "cache-control",
  "connection",
]);

/** Headers whose values are not printed. */
export const SECRET_HEADERS: ReadonlySet<string> = new Set([
  "x-amz-security-token",
  "x-api-key",
  "authorization",
  "cookie",
]);
