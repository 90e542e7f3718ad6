import { DEFAULTS } from "../settings/defaults.ts";
import { MAX_RATE_SECONDS } from "../settings/budget-settings.ts";
import {
  anyText,
  described,
  filledText,
  flag,
  type JsonSchema,
  listOf,
  mapOf,
  objectOf,
  objectOr,
  oneKeyOf,
  oneOf,
  orNull,
  positiveNumber,
  type Reader,
  textOf,
  wholeNumber,
} from "./readers.ts";

/** The longest time that a timer of the runtimes waits, in milliseconds. */
const MAX_DELAY_MS = 2_147_483_647;

const milliseconds = (least: number): Reader => wholeNumber(least, MAX_DELAY_MS);

const url = textOf(
  /^https?:\/\/[^\s/?#@]+(?:\/[^\s?#@]*)?$/u,
  "a URL without user, query and fragment",
  "such as https://gateway.example",
);

const variableName = textOf(
  /^[A-Za-z_][A-Za-z0-9_]*$/u,
  "the name of an environment variable",
  "put the value into a variable, and name that here: a configuration holds no secret",
);

const region = textOf(
  /^[a-z]{2,}(?:-[a-z0-9]+)+-[0-9]+$/u,
  "a region of AWS",
  "write it as AWS does, such as us-east-1",
);

const headerName = textOf(
  /^[!#$%&'*+.^`|~0-9A-Za-z-]+$/u,
  "the name of a header without an underscore",
  "such as x-client-subject",
);

const listen = objectOf({
  port: described("Port to listen on; 0 picks a free one.", wholeNumber(0, 65_535), DEFAULTS.port),
  host: described("Address to listen on.", filledText, "127.0.0.1"),
  http: described(
    "`auto`: HTTP/1.1 and HTTP/2 on the one port; `1`: HTTP/1.1 alone, which costs less on Bun.",
    oneOf(["auto", "1"]),
    "auto",
  ),
  tls: described(
    "Speaks HTTPS with this certificate.",
    objectOf(
      {
        certificateFile: described("Certificate and those above it, as PEM.", filledText),
        keyFile: described("Its private key, as PEM.", filledText),
      },
      ["certificateFile", "keyFile"],
    ),
  ),
  tlsEndsInFront: described(
    "Something in front ends TLS: the gateway may speak plain text where others reach it.",
    flag,
    false,
  ),
  allowedHosts: described(
    "Values of `Host` that are taken besides loopback and the host listened on.",
    listOf(filledText),
  ),
});

const upstream = objectOf(
  {
    name: described(
      "What the audit, metrics and callers' limits call it.",
      textOf(/^[\w.-]{1,64}$/u, "letters, digits, dots, hyphens and underscores, at most 64", "such as platform-us"),
    ),
    provider: described(
      "Claude Platform on AWS, Amazon Bedrock, or Bedrock's Messages endpoint.",
      oneOf(["anthropic-aws", "bedrock", "mantle"]),
    ),
    region: described("Region of AWS; left out, that of the environment.", region),
    workspaceId: described(
      "Workspace of Claude Platform on AWS.",
      textOf(
        /^wrkspc_[A-Za-z0-9]+$/u,
        "the ID of a workspace",
        "it begins with wrkspc_, and goes on with letters and digits",
      ),
    ),
    baseUrl: described("In place of AWS's own host; for a fake, a proxy, or a VPC endpoint.", url),
    profile: described("A profile of the AWS files.", filledText),
    assumeRole: described(
      "A role to assume with the credentials that are found.",
      objectOf(
        {
          arn: described(
            "The role.",
            textOf(
              /^arn:aws[a-z-]*:iam::[0-9]{12}:role\/\S+$/u,
              "the ARN of a role",
              "such as arn:aws:iam::123456789012:role/claude",
            ),
          ),
          externalId: described("What its trust policy asks for.", filledText),
          sessionName: described(
            "What CloudTrail calls the session.",
            textOf(/^[\w+=,.@-]{2,64}$/u, "2 to 64 letters, digits and +=,.@-_", "such as claude-gateway"),
          ),
        },
        ["arn"],
      ),
    ),
    apiKeyVariable: described("The environment variable that holds an API key.", variableName),
    models: described("Patterns of the models that it serves; `*` stands for any characters.", listOf(filledText, 1)),
    modelNames: described("What it calls a model that clients call otherwise.", mapOf(filledText)),
  },
  ["name", "provider"],
);

const LIMITS: Readonly<Record<string, Reader>> = {
  models: described("Patterns of the models that may be asked for; null for all.", orNull(listOf(filledText))),
  upstreams: described("Names of the upstreams that requests may go to; null for all.", orNull(listOf(filledText))),
  maxConcurrent: described("Requests under way at once; null for any number.", orNull(wholeNumber(1, 1_000_000))),
};

const issuer = objectOf(
  {
    issuer: described("What `iss` has to be.", url),
    jwksUrl: described("Where its keys are; left out, its discovery document says it.", url),
    audience: described("What `aud` has to hold.", filledText),
    nameClaim: described("The claim that names the caller.", filledText, "sub"),
    namePrefix: described(
      "What is put before its names and groups, so that they cannot be anybody else's.",
      filledText,
    ),
    groupsClaim: described("The claim that lists its groups.", filledText),
    requiredClaims: described(
      "Claims that must have one of these values, such as `repository_owner_id` of GitHub Actions.",
      mapOf(listOf(filledText, 1)),
    ),
  },
  ["issuer", "audience"],
);

const callers = objectOf({
  tokensFile: described("The file of hashed tokens, which `claude-on-aws gateway token` writes.", filledText),
  issuers: described("Whose JWTs are taken.", listOf(issuer)),
  frontEnd: described(
    "A front end that checks client certificates, and says in a header who it was.",
    objectOf(
      {
        header: described("The header; from every other address it is taken out.", headerName),
        addresses: described("Addresses and networks of the front end, such as 10.0.0.0/8.", listOf(filledText, 1)),
      },
      ["header", "addresses"],
    ),
  ),
  passOwnKeys: described("Lets a client's own API key through to the service.", flag, false),
  defaults: described("Limits of whoever has none of its own.", objectOf(LIMITS)),
  groups: described("Limits by group.", mapOf(objectOf(LIMITS))),
  callers: described(
    "Limits and groups by name of the caller.",
    mapOf(objectOf({ ...LIMITS, groups: described("Groups that it belongs to.", listOf(filledText)) })),
  ),
});

const scope = objectOr(
  oneKeyOf({
    group: described("A group shares it.", filledText),
    eachOf: described("Each member of a group has it alone.", filledText),
    caller: described("One caller has it.", filledText),
  }),
  oneOf(["everybody", "each-caller"]),
);

const cap = objectOf(
  {
    name: described("What refusals, headers and metrics call it.", filledText),
    unit: described("What it counts.", oneOf(["usd", "tokens", "requests"])),
    amount: described("US dollars, tokens or requests.", positiveNumber(1_000_000_000_000)),
    window: described(
      "A window of the calendar in UTC, or so many seconds, any of which hold it.",
      objectOr(
        objectOf({ seconds: described("From 1 second to 31 days.", wholeNumber(1, MAX_RATE_SECONDS)) }, ["seconds"]),
        oneOf(["day", "week", "month"]),
      ),
    ),
    scope: described("Who shares it.", scope),
  },
  ["name", "unit", "amount", "window", "scope"],
);

const budgets = objectOf(
  {
    caps: described("What may be spent at most.", listOf(cap)),
    store: described(
      "`memory`, `sqlite:FILE`, or `postgres://…`; a password stands in PGPASSWORD.",
      textOf(
        /^(?:memory|sqlite:.+|postgres(?:ql)?:\/\/.+)$/u,
        "memory, sqlite:FILE or postgres://…",
        "such as sqlite:budgets.db",
      ),
      "memory",
    ),
    ratesWithoutStore: described(
      "Whether rates are let through while the store is gone; money never is.",
      oneOf(["closed", "open"]),
      "closed",
    ),
    storeTimeoutMs: described("How long the store may take.", milliseconds(1), DEFAULTS.storeTimeoutMs),
    reservationMs: described(
      "How long a reservation lives without being renewed.",
      milliseconds(1000),
      DEFAULTS.reservationMs,
    ),
  },
  ["caps"],
);

const audit = objectOf(
  {
    to: described("A file that lines are added to, `stdout` or `stderr`.", filledText),
    onFailure: described(
      "What follows where a line cannot be written: go on, or refuse.",
      oneOf(["continue", "refuse"]),
      "continue",
    ),
    maxQueuedBytes: described(
      "Bytes of lines that wait to be written.",
      wholeNumber(1024, 4_294_967_296),
      DEFAULTS.maxQueuedBytes,
    ),
  },
  ["to"],
);

const metrics = objectOf({
  otlpUrl: described("Where they are pushed to by OTLP over HTTP, such as http://127.0.0.1:4318/v1/metrics.", url),
  otlpIntervalMs: described("How often.", milliseconds(1000), DEFAULTS.otlpIntervalMs),
  tokenVariable: described(
    "The environment variable that holds the token with which `/metrics` is read.",
    variableName,
  ),
  maxCallers: described("Callers that have names of their own; the others are `other`.", wholeNumber(0, 10_000), 100),
});

/** What a configuration may say. */
export const SETTINGS_READER: Reader = objectOf({
  $schema: described("Where an editor finds this schema.", anyText),
  listen: described("Where the gateway listens.", listen),
  upstreams: described(
    "Services that requests go to, in the order in which they are asked; left out, what the environment names.",
    listOf(upstream, 1),
  ),
  callers: described("Who is served, and within which limits.", callers),
  budgets: described("What may be spent, and where that is kept.", budgets),
  audit: described("Where a line about each request goes.", audit),
  metrics: described("What is measured, and who may read it.", metrics),
  maxBodyBytes: described("Longest body of a request.", wholeNumber(1, 1_073_741_824), DEFAULTS.maxBodyBytes),
  pingAfterMs: described("Silence of a stream after which a `ping` is sent.", milliseconds(1000), DEFAULTS.pingAfterMs),
  drainMs: described("How long requests under way may take after SIGTERM.", milliseconds(1), DEFAULTS.drainMs),
});

/** The schema that is published as `configuration.schema.json`. */
export const CONFIGURATION_SCHEMA: JsonSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "https://unpkg.com/@claude-on-aws/gateway/configuration.schema.json",
  title: "Configuration of the gateway of claude-on-aws",
  ...SETTINGS_READER.schema,
};
