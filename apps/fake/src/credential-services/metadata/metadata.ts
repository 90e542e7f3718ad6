import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { DEFAULT_REGION } from "../../exchange/region-of.ts";
import { formatTimestamp } from "../format-timestamp.ts";
import { uniqueId } from "../../principals/session-principal.ts";
import { resolveSessionSeconds } from "../resolve-session-seconds.ts";

/** Makes what stands at a path. */
type Content = (settings: FakeSettings, now: Date, state: FakeState) => string;

const ROLE_NAME = "instance-role";
const INSTANCE_ID = "i-0123456789abcdef0";

const regionOf = ({ region = DEFAULT_REGION }: FakeSettings): string => region;

const listRoles: Content = () => ROLE_NAME;

const securityCredentials: Content = (settings, now, { credentials }) => {
  const issued = credentials.issue(
    { accountId: settings.accountId, roleName: ROLE_NAME, sessionName: INSTANCE_ID },
    resolveSessionSeconds(settings.sessionSeconds),
    now,
  );
  return formatJson({
    Code: "Success",
    LastUpdated: formatTimestamp(now),
    Type: "AWS-HMAC",
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    Token: issued.sessionToken,
    Expiration: formatTimestamp(issued.expiration),
  });
};

const info: Content = ({ accountId }, now) =>
  formatJson({
    Code: "Success",
    LastUpdated: formatTimestamp(now),
    InstanceProfileArn: `arn:aws:iam::${accountId}:instance-profile/${ROLE_NAME}`,
    InstanceProfileId: uniqueId("AROA", ROLE_NAME).replace("AROA", "AIPA"),
  });

const identityDocument: Content = (settings, now) =>
  formatJson({
    accountId: settings.accountId,
    architecture: "x86_64",
    availabilityZone: `${regionOf(settings)}a`,
    billingProducts: null,
    devpayProductCodes: null,
    marketplaceProductCodes: null,
    imageId: "ami-0123456789abcdef0",
    instanceId: INSTANCE_ID,
    instanceType: "t3.micro",
    kernelId: null,
    pendingTime: formatTimestamp(now),
    privateIp: "10.0.0.10",
    ramdiskId: null,
    region: regionOf(settings),
    version: "2017-09-30",
  });

/** Everything that can be read, by its path. */
export const METADATA: ReadonlyMap<string, Content> = new Map<string, Content>([
  ["/latest/meta-data/iam/info", info],
  ["/latest/meta-data/iam/security-credentials", listRoles],
  ["/latest/meta-data/iam/security-credentials/", listRoles],
  [`/latest/meta-data/iam/security-credentials/${ROLE_NAME}`, securityCredentials],
  ["/latest/meta-data/instance-id", () => INSTANCE_ID],
  ["/latest/meta-data/placement/availability-zone", (settings) => `${regionOf(settings)}a`],
  ["/latest/meta-data/placement/region", regionOf],
  ["/latest/dynamic/instance-identity/document", identityDocument],
]);

/** JSON as the service writes it: a line for each field. */
const formatJson = (value: object): string => JSON.stringify(value, null, 2);
