import { createPrivateKey, X509Certificate } from "node:crypto";
import { ListenError } from "../listen-error.ts";

/**
 * Looks at a certificate before a server begins: Deno would find what is wrong at the first connection.
 *
 * @throws {ListenError} `CERTIFICATE_INVALID` where certificate or key cannot be read, or do not belong together.
 */
export function checkCertificate(cert: string, key: string): void {
  const certificate = read("certificate", () => new X509Certificate(cert));
  const privateKey = read("key", () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new ListenError(
      "CERTIFICATE_INVALID",
      `Cannot speak TLS: the key does not belong to the certificate of "${certificate.subject}"`,
    );
  }
}

function read<Value>(what: string, make: () => Value): Value {
  try {
    return make();
  } catch (cause) {
    throw new ListenError("CERTIFICATE_INVALID", `Cannot speak TLS: the ${what} cannot be read, expected PEM`, {
      cause,
    });
  }
}
