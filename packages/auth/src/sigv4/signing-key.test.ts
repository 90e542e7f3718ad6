import { describe, expect, test } from "vitest";
import { formatCredentialScope } from "./credential-scope.ts";
import { deriveKey, deriveSigningKey, sharedKeyCount, signingKey } from "./signing-key.ts";

const credentials = () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" });
const scope = { date: "20150830", region: "us-east-1", service: "iam" };

describe("deriveSigningKey()", () => {
  test("derives the key of AWS's documented example", async () => {
    const key = await deriveSigningKey(credentials(), scope);

    expect(Buffer.from(key).toString("hex")).toBe("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
  });

  test("gives a copy, so that changing it changes no other", async () => {
    const mine = credentials();
    const first = await deriveSigningKey(mine, scope);
    first.fill(0);

    expect(await deriveSigningKey(mine, scope)).not.toEqual(first);
  });

  test("remembers a key by its credentials, and by its secret across them", async () => {
    const mine = credentials();
    const key = await signingKey(mine, scope, formatCredentialScope(scope));

    expect(await signingKey(mine, scope, formatCredentialScope(scope))).toBe(key);
    expect(await signingKey(credentials(), scope, formatCredentialScope(scope))).toBe(key);
  });

  test("remembers 256 keys across credentials, no more", async () => {
    for (let day = 0; day < 300; day++)
      await deriveSigningKey(credentials(), { ...scope, date: `${20_000_000 + day}` });

    expect(sharedKeyCount()).toBe(256);
  });

  test("notices that a credentials object was given another secret", async () => {
    const mine = credentials();
    const first = await deriveSigningKey(mine, scope);
    mine.secretAccessKey = "another";

    expect(await deriveSigningKey(mine, scope)).not.toEqual(first);
  });

  test("tells a slash in a part from one between parts", async () => {
    const scopes = ["a", "b", "c", "a/b", "b/c", ""].flatMap((region) =>
      ["a", "b", "c", "a/b", "b/c", "c/", "/c", ""].map((service) => ({ date: "20150830", region, service })),
    );
    const dates = ["20150830/a", "20150830"].map((date) => ({
      date,
      region: date.includes("/") ? "b" : "a/b",
      service: "c",
    }));
    const mine = credentials();
    const keys = new Set<string>();
    for (const one of [...scopes, ...dates]) {
      const key = await deriveSigningKey(mine, one);
      expect(key).toEqual(await deriveKey(mine.secretAccessKey, one));
      keys.add(Buffer.from(key).toString("hex"));
    }
    // One of the dates is in one of the scopes.
    expect(keys.size).toBe(scopes.length + 1);
  });

  test("gives each credentials object its own", async () => {
    const other = { ...credentials(), secretAccessKey: "another" };

    expect(await deriveSigningKey(other, scope)).not.toEqual(await deriveSigningKey(credentials(), scope));
  });
});
