import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { type CertificateKind, encodeCertificate } from "./encode-certificate.ts";
import { formatPem } from "./format-pem.ts";

/** A certificate and the key that belongs to it, as `node:tls` takes them. */
export interface IssuedCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority of one fake. Its key lives in memory alone. */
export interface Authority {
  /** Its own certificate, as PEM: what a client has to trust. */
  readonly certificate: string;
  /** Issues a certificate for names of hosts and IP addresses. */
  readonly issue: (names: readonly string[]) => IssuedCertificate;
}

/** A fake that runs longer is started again; nothing trusts it for long where its certificate was left somewhere. */
const VALID_DAYS = 7;
const DAY_MS = 86_400_000;

/** Clocks of containers and virtual machines differ. */
const CLOCK_SKEW_MS = 3_600_000;

/**
 * Makes a certificate authority: a fresh P-256 key, valid for seven days from an hour ago.
 *
 * All its leaves share one key: it is made once, and each further host costs a signature alone.
 *
 * @param now The time by the clock that clients compare with.
 */
export function createAuthority(now: Date): Authority {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const leaf = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = leaf.privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  // Two fakes on one machine are told apart in whatever shows certificates.
  const name = `claude-on-aws fake ${randomBytes(4).toString("hex")}`;
  const certify = (subject: string, publicKey: KeyObject, kind: CertificateKind): string =>
    formatPem(
      "CERTIFICATE",
      encodeCertificate({
        issuer: name,
        issuerKeys: authority,
        subject,
        publicKey,
        serialNumber: randomBytes(16),
        validFrom: new Date(now.getTime() - CLOCK_SKEW_MS),
        validUntil: new Date(now.getTime() + VALID_DAYS * DAY_MS),
        kind,
      }),
    );
  return {
    certificate: certify(name, authority.publicKey, { authority: true }),
    issue: (names) => ({ cert: certify("claude-on-aws fake", leaf.publicKey, { authority: false, names }), key }),
  };
}
