import { describe, expect, test } from "vitest";
import { CredentialStore } from "./credential-store.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const ROLE = { accountId: "123456789012", roleName: "reader", sessionName: "session" };
const LONG_LIVED = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };

const storeOf = (maxSessions?: number) =>
  new CredentialStore({ credentials: [LONG_LIVED], accountId: "123456789012", maxSessions });

describe("CredentialStore", () => {
  test("find() finds the key that was issued with a token, or any other of the same ID", () => {
    const temporary = { ...LONG_LIVED, sessionToken: "token" };
    const store = new CredentialStore({ credentials: [LONG_LIVED, temporary], accountId: "123456789012" });

    expect(store.find("AKIDEXAMPLE", undefined)).toBe(LONG_LIVED);
    expect(store.find("AKIDEXAMPLE", "token")).toBe(temporary);
    expect(store.find("AKIDEXAMPLE", "another")).toBe(LONG_LIVED);
    expect(store.find("AKIDOTHER", undefined)).toBeUndefined();
  });

  test("issue() makes credentials that it finds, in the form of AWS's, each different", () => {
    const store = storeOf();
    const [first, second] = [store.issue(ROLE, 900, NOW), store.issue(ROLE, 900, NOW)];

    expect(first).toMatchObject({
      accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      secretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
      sessionToken: expect.stringMatching(/^IQoJb3JpZ2luX2Vj[A-Za-z0-9+/]{448}$/),
      expiration: new Date("2026-11-21T12:15:00Z"),
    });
    expect(store.find(first.accessKeyId, undefined)).toBe(first);
    expect(
      new Set([first, second].flatMap((one) => [one.accessKeyId, one.secretAccessKey, one.sessionToken])).size,
    ).toBe(6);
  });

  test("issue() ends in the year 9999 at the latest, which every service can write", () => {
    expect(storeOf().issue(ROLE, 1e15, NOW).expiration).toEqual(new Date("9999-12-31T23:59:59Z"));
  });

  test("issue() lets nothing end before its time, to the millisecond", () => {
    const issued = storeOf().issue(ROLE, 2, new Date("2026-11-21T12:00:00.001Z"));

    expect(issued.expiration).toEqual(new Date("2026-11-21T12:00:03Z"));
  });

  test("issue() lets the oldest go where there are too many", () => {
    const store = storeOf(2);
    const [first, second, third] = [1, 2, 3].map(() => store.issue(ROLE, 900, NOW));

    expect(store.size).toBe(2);
    expect(store.find(first?.accessKeyId ?? "", undefined)).toBeUndefined();
    expect([second, third].map((one) => store.find(one?.accessKeyId ?? "", undefined))).toEqual([second, third]);
  });

  test("remembers 10,000 sessions where nobody says how many", () => {
    const store = storeOf();
    for (let count = 0; count < 10_001; count++) store.issueMetadataToken(60, NOW);
    const first = store.issue(ROLE, 900, NOW);
    for (let count = 0; count < 10_000; count++) store.issue(ROLE, 900, NOW);

    expect(store.size).toBe(10_000);
    expect(store.find(first.accessKeyId, undefined)).toBeUndefined();
  });

  test("sessionOf() says what a session was given, and nothing of a configured key", () => {
    const store = storeOf();
    const tags = [
      { key: "Team", value: '\u2028 red"', transitive: true },
      { key: "cost", value: "", transitive: false },
    ];
    const given = store.issue(ROLE, 900, NOW, { tags, sourceIdentity: "alice", policies: ["arn"] });
    const plain = store.issue(ROLE, 900, NOW);

    expect(store.sessionOf(given.accessKeyId)).toEqual({ issuedAt: NOW, tags, sourceIdentity: "alice" });
    expect(store.sessionPoliciesOf(given.accessKeyId)).toEqual(["arn"]);
    expect(store.sessionOf(plain.accessKeyId)).toEqual({ issuedAt: NOW, tags: [], sourceIdentity: undefined });
    expect(store.sessionPoliciesOf(plain.accessKeyId)).toBeUndefined();
    expect(store.sessionOf("AKIDEXAMPLE")).toBeUndefined();
  });

  test("issue() lets the oldest go where their tags are too long, and keeps the newest whatever its own are", () => {
    const store = new CredentialStore({ credentials: [], accountId: "123456789012", maxTagCharacters: 100 });
    const issue = (length: number) =>
      store.issue(ROLE, 900, NOW, { tags: [{ key: "k", value: "v".repeat(length), transitive: false }] }).accessKeyId;
    const isKept = (accessKeyId: string) => store.find(accessKeyId, undefined) !== undefined;
    const small = [1, 2, 3].map(() => issue(30));
    const afterSmall = small.map(isKept);
    const large = issue(200);

    expect([afterSmall, small.map(isKept), isKept(large)]).toEqual([[false, true, true], [false, false, false], true]);
    const next = issue(30);
    expect([isKept(large), isKept(next)]).toEqual([false, true]);
    store.reset();
    expect([issue(30), issue(30)].map(isKept)).toEqual([true, true]);
  });

  test("remembers four million characters of tags where nobody says how many", () => {
    const store = storeOf();
    const tags = Array.from({ length: 50 }, (_, at) => ({ key: `k${at}`, value: "v".repeat(256), transitive: false }));
    for (let count = 0; count < 400; count++) store.issue(ROLE, 900, NOW, { tags });

    expect(store.size).toBeGreaterThan(250);
    expect(store.size).toBeLessThan(320);
  });

  test("principalOf() says who signs: a session, or the user of the account", () => {
    const store = storeOf();
    const { accessKeyId } = store.issue(ROLE, 900, NOW);

    expect(store.principalOf(accessKeyId)).toEqual({
      arn: "arn:aws:sts::123456789012:assumed-role/reader/session",
      userId: expect.stringMatching(/^AROA[A-Z2-7]{17}:session$/),
      accountId: "123456789012",
    });
    expect(store.principalOf("AKIDEXAMPLE")).toMatchObject({
      arn: "arn:aws:iam::123456789012:user/administrator",
      userId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    });
    expect(store.principalOf("AKIDOTHER")).toBeUndefined();
    expect([store.isSession(accessKeyId), store.isSession("AKIDEXAMPLE")]).toEqual([true, false]);
  });

  test("acceptsMetadataToken() takes a token until it ends, and the oldest go where there are too many", () => {
    const store = storeOf(1);
    const first = store.issueMetadataToken(60, NOW);
    const before = store.acceptsMetadataToken(first, new Date(NOW.getTime() + 59_999));
    const after = store.acceptsMetadataToken(first, new Date(NOW.getTime() + 60_000));
    const second = store.issueMetadataToken(60, NOW);

    expect([before, after]).toEqual([true, false]);
    expect([first, second].map((token) => store.acceptsMetadataToken(token, NOW))).toEqual([false, true]);
  });

  test("reset() forgets what was issued, and keeps what was configured", () => {
    const store = storeOf();
    const { accessKeyId } = store.issue(ROLE, 900, NOW);
    const token = store.issueMetadataToken(60, NOW);
    store.reset();

    expect(store.find(accessKeyId, undefined)).toBeUndefined();
    expect(store.acceptsMetadataToken(token, NOW)).toBe(false);
    expect(store.find("AKIDEXAMPLE", undefined)).toBe(LONG_LIVED);
  });
});
