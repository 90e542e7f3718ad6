import { createHash, type KeyObject, sign } from "node:crypto";
import {
  bitString,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  time,
  TRUE,
  utf8String,
} from "./der.ts";
import { encodeAddress } from "./encode-address.ts";

/** What a certificate is for. */
export type CertificateKind =
  | { readonly authority: true }
  /** A server with names: of hosts, or IP addresses. */
  | { readonly authority: false; readonly names: readonly string[] };

/** What stands in a certificate. */
export interface CertificateFields {
  /** Common name of the signer. */
  readonly issuer: string;
  /** P-256 keys of the signer. */
  readonly issuerKeys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  /** Common name of the holder. */
  readonly subject: string;
  /** P-256 key of the holder. */
  readonly publicKey: KeyObject;
  /** 16 random bytes. */
  readonly serialNumber: Uint8Array;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly kind: CertificateKind;
}

/**
 * Writes and signs an X.509 certificate with ECDSA on P-256 and SHA-256.
 *
 * @param fields What stands in it.
 * @returns The certificate, as DER.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.1 | RFC 5280}, section 4.1
 */
export function encodeCertificate(fields: CertificateFields): Uint8Array {
  const { issuer, issuerKeys, subject, publicKey, serialNumber, validFrom, validUntil, kind } = fields;
  const algorithm = sequence(objectIdentifier(ECDSA_WITH_SHA256));
  const toBeSigned = sequence(
    tagged(0, true, integer(VERSION_3)),
    // Positive, and without a leading zero byte.
    integer(((serialNumber[0] ?? 0) & 0x7f) | 0x40, ...serialNumber.subarray(1)),
    algorithm,
    name(issuer),
    sequence(time(validFrom), time(validUntil)),
    name(subject),
    publicKey.export({ type: "spki", format: "der" }),
    tagged(3, true, sequence(...extensions(kind, publicKey, issuerKeys.publicKey))),
  );
  return sequence(toBeSigned, algorithm, bitString(sign("sha256", toBeSigned, issuerKeys.privateKey)));
}

const VERSION_3 = 2;
const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
const COMMON_NAME = "2.5.4.3";
const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

const name = (commonName: string): Uint8Array =>
  sequence(setOf(sequence(objectIdentifier(COMMON_NAME), utf8String(commonName))));

/** Identifiers of extensions. */
const EXTENSION = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAlternativeName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
} as const;

function extensions(kind: CertificateKind, publicKey: KeyObject, issuerKey: KeyObject): Uint8Array[] {
  const subjectKey = extension("subjectKeyIdentifier", false, octetString(keyIdentifier(publicKey)));
  if (kind.authority) {
    return [
      // It signs certificates of servers, and no further authority.
      extension("basicConstraints", true, sequence(TRUE, integer(0))),
      // keyCertSign, and cRLSign, which some verifiers want beside it.
      extension("keyUsage", true, bitString(Uint8Array.of(0b0000_0110), 1)),
      subjectKey,
    ];
  }
  return [
    extension("basicConstraints", true, sequence()),
    // digitalSignature
    extension("keyUsage", true, bitString(Uint8Array.of(0b1000_0000), 7)),
    extension("extendedKeyUsage", false, sequence(objectIdentifier(SERVER_AUTHENTICATION))),
    extension("subjectAlternativeName", false, sequence(...kind.names.map(alternativeName))),
    subjectKey,
    extension("authorityKeyIdentifier", false, sequence(tagged(0, false, keyIdentifier(issuerKey)))),
  ];
}

const extension = (which: keyof typeof EXTENSION, critical: boolean, value: Uint8Array): Uint8Array =>
  sequence(objectIdentifier(EXTENSION[which]), ...(critical ? [TRUE] : []), octetString(value));

function alternativeName(text: string): Uint8Array {
  const address = encodeAddress(text);
  return address === undefined ? tagged(2, false, new TextEncoder().encode(text)) : tagged(7, false, address);
}

/** An encoded key ends with an uncompressed point of P-256. */
const POINT_BYTES = 65;

const keyIdentifier = (key: KeyObject): Uint8Array =>
  createHash("sha1")
    .update(key.export({ type: "spki", format: "der" }).subarray(-POINT_BYTES))
    .digest();
