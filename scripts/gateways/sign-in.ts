import { setTimeout } from "node:timers/promises";

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/** How often the token is asked for before nobody believes in it any more. */
const MAX_POLLS = 6;

/**
 * Signs in to a Claude apps gateway as Claude Code and a browser do together: a device code, confirmed on its page.
 *
 * @param url The gateway.
 * @returns What its clients send as `Authorization: Bearer`.
 * @throws Error where it does not give one.
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628 | RFC 8628}
 */
export async function signIn(url: string): Promise<string> {
  const browser = new Browser(url);
  const device = (await browser.ask(`${url}/oauth/device_authorization`, {})) as Readonly<Record<string, string>>;
  const page = device["verification_uri_complete"] ?? "";
  await browser.go(page);
  await browser.follow(await browser.go(`${url}/device`, { user_code: device["user_code"] ?? "" }, page));
  for (let polls = 0; polls < MAX_POLLS; polls++) {
    const fields = { grant_type: DEVICE_GRANT, device_code: device["device_code"] ?? "" };
    const { access_token: token } = (await browser.ask(`${url}/oauth/token`, fields)) as { access_token?: string };
    if (token !== undefined) return token;
    await setTimeout(Number(device["interval"] ?? 5) * 1000);
  }
  throw new Error(`Cannot sign in at ${url}: it gave no token`);
}

/** As much of a browser as a sign-in takes: it keeps the gateway's cookies, and follows where it is sent. */
class Browser {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  async go(to: string, form?: Readonly<Record<string, string>>, from?: string): Promise<Response> {
    const cookie = [...this.#cookies].map((pair) => pair.join("=")).join("; ");
    const ofPage = from === undefined ? {} : { origin: this.#url, referer: from, "sec-fetch-site": "same-origin" };
    const response = await fetch(to, {
      redirect: "manual",
      headers: { cookie, ...ofPage },
      ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
    });
    if (to.startsWith(this.#url)) {
      for (const line of response.headers.getSetCookie()) {
        const [name = "", value = ""] = (line.split(";", 1)[0] ?? "").split("=", 2);
        this.#cookies.set(name, value);
      }
    }
    return response;
  }

  async ask(to: string, form: Readonly<Record<string, string>>): Promise<unknown> {
    return (await this.go(to, form)).json();
  }

  async follow(response: Response): Promise<void> {
    const to = response.headers.get("location");
    if (to !== null) await this.follow(await this.go(new URL(to, this.#url).href));
  }
}
