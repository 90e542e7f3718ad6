import {
  CreateTokenCommand,
  type CreateTokenResponse,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
  type StartDeviceAuthorizationResponse,
} from "@aws-sdk/client-sso-oidc";

export const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

/** A client of the OIDC service, as AWS made it, that tries everything once. */
export const oidcClient = (url: string): SSOOIDCClient =>
  new SSOOIDCClient({ endpoint: url, region: "us-east-1", maxAttempts: 1 });

/** How a client says who it is. */
export interface ClientId {
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
}

/** A device that waits for somebody to confirm. */
export interface StartedDevice {
  readonly client: ClientId;
  readonly device: StartDeviceAuthorizationResponse;
  /** Asks for its tokens. */
  readonly poll: () => Promise<CreateTokenResponse>;
}

/** Registers a client, for refresh tokens too. */
export async function registerClient(
  oidc: SSOOIDCClient,
  changed: { readonly grantTypes?: string[]; readonly redirectUris?: string[] } = {},
): Promise<ClientId> {
  const { clientId, clientSecret } = await oidc.send(
    new RegisterClientCommand({
      clientName: "a client",
      clientType: "public",
      scopes: ["sso:account:access"],
      ...changed,
    }),
  );
  return { clientId, clientSecret };
}

/** Lets a device of a client wait for somebody to confirm. */
export async function startDevice(oidc: SSOOIDCClient): Promise<StartedDevice> {
  const client = await registerClient(oidc);
  const device = await oidc.send(
    new StartDeviceAuthorizationCommand({ ...client, startUrl: "https://example.awsapps.com/start" }),
  );
  const poll = () =>
    oidc.send(new CreateTokenCommand({ ...client, grantType: DEVICE_CODE, deviceCode: device.deviceCode }));
  return { client, device, poll };
}

/** Presses a button of the page, as a browser does without scripts. */
export const decide = (
  url: string | undefined,
  decision: "allow" | "deny",
  headers: Record<string, string> = {},
): Promise<Response> => fetch(url ?? "", { method: "POST", body: new URLSearchParams({ decision }), headers });
