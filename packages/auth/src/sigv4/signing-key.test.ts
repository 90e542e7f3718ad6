import { describe, expect, test } from "vitest";
import { deriveSigningKey } from "./signing-key.ts";

const credentials = () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" });
const scope = { date: "20150830", region: "us-east-1", service: "iam" };

describe("deriveSigningKey()", () => {
  test("derives the key of AWS's documented example", async () => {
    const key = await deriveSigningKey(credentials(), scope);

    expect(Buffer.from(key).toString("hex")).toBe("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
  });

  test("remembers a key, and a bounded number of them", async () => {
    const mine = credentials();
    const first = await deriveSigningKey(mine, scope);
    expect(await deriveSigningKey(mine, scope)).toBe(first);

    for (let day = 10; day < 42; day++) await deriveSigningKey(mine, { ...scope, date: `201509${day}` });
    const again = await deriveSigningKey(mine, scope);
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });

  test("gives each credentials object its own", async () => {
    const other = { ...credentials(), secretAccessKey: "another" };

    expect(await deriveSigningKey(other, scope)).not.toEqual(await deriveSigningKey(credentials(), scope));
  });
});
