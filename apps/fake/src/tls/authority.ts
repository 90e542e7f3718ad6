import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { type CertificateKind, encodeCertificate } from "./encode-certificate.ts";
import { formatPem } from "./format-pem.ts";

/** A certificate and the key that belongs to it, as `node:tls` takes them. */
export interface IssuedCertificate {
  readonly cert: string;
  readonly key: string;
}

/** The certificate authority of one fake. Its key is kept in memory only. */
export interface Authority {
  /** Its own certificate, as PEM: what a client has to trust. */
  readonly certificate: string;
  /** Issues a certificate for names of hosts and IP addresses. */
  readonly issue: (names: readonly string[]) => IssuedCertificate;
}

/** A fake that runs longer has to be restarted; a certificate that was left somewhere is not trusted for long. */
const VALID_DAYS = 7;
const DAY_MS = 86_400_000;

/** The clocks of containers and virtual machines differ. */
const CLOCK_SKEW_MS = 3_600_000;

/**
 * Makes a certificate authority: a fresh P-256 key, valid for seven days from an hour ago.
 *
 * All certificates that it issues share one key, which is made once: each further host costs no more than a signature.
 *
 * @param now The time on the clock of its clients.
 * @returns The authority.
 */
export function createAuthority(now: Date): Authority {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const leaf = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = leaf.privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  // So that two fakes on one machine can be told apart wherever certificates are shown.
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
