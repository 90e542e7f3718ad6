import { Random, soakLength } from "@claude-on-aws/fixtures";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type DiagnosisCode, diagnoseMismatch } from "../../src/diagnose/index.ts";
import { digest } from "../../src/sigv4/digest.ts";
import { signRequest, type WireRequest } from "../../src/sigv4/index.ts";
import { MISTAKES } from "./mistakes.ts";
import { carryOut, drawPlan, type Plan } from "./plan.ts";

/** Cases of each single mistake, and of each pair; raised for the full measure. */
const SINGLE_RUNS = soakLength(80, 4);
const PAIR_RUNS = soakLength(10, 1);
/** Of all pairs, every so many are made. */
const PAIR_STRIDE = soakLength(1, 6);

const codes = Object.keys(MISTAKES) as DiagnosisCode[];

interface Case {
  readonly seed: number;
  readonly plan: Plan;
}

/** A plan with mistakes, each of which changes what is signed or sent; `undefined` where they cannot occur together. */
function drawMistaken(seed: number, wanted: readonly DiagnosisCode[]): Case | undefined {
  const make = (chosen: readonly DiagnosisCode[]): Plan | undefined => {
    const random = new Random(seed);
    const plan = drawPlan(random);
    for (const code of chosen) if (MISTAKES[code]?.(plan, new Random(seed ^ hashOf(code))) !== true) return undefined;
    return plan;
  };
  const plan = make(wanted);
  if (plan === undefined) return undefined;
  const seen = carryOut(plan).fingerprint;
  for (const left of wanted) {
    const fewer = make(wanted.filter((code) => code !== left));
    if (fewer === undefined || carryOut(fewer).fingerprint === seen) return undefined;
  }
  return { seed, plan: make(wanted) as Plan };
}

const hashOf = (text: string): number =>
  [...text].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7);

async function namesOf(plan: Plan): Promise<readonly string[]> {
  const { request, options } = carryOut(plan);
  const { mistakes, candidates } = await diagnoseMismatch(request, options);
  expect(candidates).toBeLessThanOrEqual(2000);
  return [...new Set(mistakes.map(({ code }) => code))].toSorted();
}

interface Score {
  exact: number;
  total: number;
  readonly wrong: string[];
}

async function score(wanted: readonly DiagnosisCode[], runs: number, from: number): Promise<Score> {
  const result: Score = { exact: 0, total: 0, wrong: [] };
  for (let seed = from; result.total < runs && seed < from + runs * 60; seed++) {
    const drawn = drawMistaken(seed, wanted);
    if (drawn === undefined) continue;
    result.total++;
    const names = await namesOf(drawn.plan);
    if (names.join() === wanted.toSorted().join()) result.exact++;
    else result.wrong.push(`${wanted.join("+")} seed ${seed}: ${names.join("+")}`);
  }
  return result;
}

describe("diagnoseMismatch() names a single mistake", () => {
  test.each(codes)("%s", async (code) => {
    const { exact, total, wrong } = await score([code], SINGLE_RUNS, 1);

    expect(total).toBeGreaterThan(SINGLE_RUNS / 2);
    if (exact / total < 0.99) expect.fail(`${exact} of ${total}\n${wrong.slice(0, 5).join("\n")}`);
  });
});

/** The value of a header that was not received is not known, so a second mistake in the arithmetic cannot be proved. */
const WITHOUT_EVIDENCE = "SIGNED_HEADER_MISSING";
const PLAIN: ReadonlySet<DiagnosisCode> = new Set([
  "WRONG_SERVICE",
  "WRONG_REGION",
  "CLOCK_SKEW",
  "DATE_NOT_IN_SCOPE",
  "SIGNED_HEADERS_UNSORTED",
  "SESSION_TOKEN_MISSING",
  "SESSION_TOKEN_NOT_SIGNED",
]);

const pairs = codes.flatMap((first, index) => codes.slice(index + 1).map((second) => [first, second] as const));
const provable = pairs.filter(
  ([first, second]) =>
    (first !== WITHOUT_EVIDENCE || PLAIN.has(second)) && (second !== WITHOUT_EVIDENCE || PLAIN.has(first)),
);

describe("diagnoseMismatch() names pairs of mistakes", () => {
  test("at least 90 of 100 exactly", async () => {
    const all: Score = { exact: 0, total: 0, wrong: [] };
    let together = 0;
    for (const pair of provable.filter((_, index) => index % PAIR_STRIDE === 0)) {
      const { exact, total, wrong } = await score(pair, PAIR_RUNS, 1000);
      all.exact += exact;
      all.total += total;
      all.wrong.push(...wrong);
      if (total > 0) together++;
    }
    if (process.env["DIAGNOSE_REPORT"] !== undefined) {
      console.log(`${all.exact} of ${all.total} in ${together} pairs\n${all.wrong.slice(0, 60).join("\n")}`);
    }
    expect(together).toBeGreaterThan(200 / PAIR_STRIDE);
    if (all.exact / all.total < 0.9) expect.fail(`${all.exact} of ${all.total}\n${all.wrong.slice(0, 20).join("\n")}`);
  });

  test("names none that was not made, where the second cannot be proved", async () => {
    const accusations: string[] = [];
    for (const pair of pairs.filter((each) => !provable.includes(each))) {
      for (let seed = 5000; seed < 5000 + PAIR_RUNS * 2; seed++) {
        const drawn = drawMistaken(seed, pair);
        if (drawn === undefined) continue;
        const wrong = (await namesOf(drawn.plan)).filter((name) => !pair.includes(name as DiagnosisCode));
        if (wrong.length > 0) accusations.push(`${pair.join("+")} seed ${seed}: ${wrong.join("+")}`);
      }
    }
    expect(accusations).toEqual([]);
  });
});

describe("diagnoseMismatch() accuses nobody wrongly", () => {
  test("of valid requests", async () => {
    for (let seed = 0; seed < SINGLE_RUNS * 5; seed++) {
      const { request, options } = carryOut(drawPlan(new Random(seed)));
      expect(await diagnoseMismatch(request, options)).toMatchObject({ ok: true, mistakes: [] });
    }
  });

  /** Changes that leave no evidence of what they were. */
  const UNPROVABLE: Readonly<Record<string, (plan: Plan, random: Random) => boolean>> = {
    "a secret that is another altogether": (plan, random) => {
      plan.signer.secret = random.text("abcdefgh", 40, 40);
      return true;
    },
    "a path of which a prefix that nobody knows was taken off": (plan) => {
      plan.path = `/team-of-nobody${plan.path}`;
      plan.afterwards.push((request) => (request.target = request.target.replace("/team-of-nobody", "")));
      return true;
    },
    "a body that changed without a hash header": (plan) => {
      if (plan.signedNames.includes("x-amz-content-sha256") || plan.body.length === 0) return false;
      plan.afterwards.push((request) => (request.body = new Uint8Array([1, 2, 3])));
      return true;
    },
    "a header that was rewritten from a value nobody knows": (plan) => {
      if (!plan.signedNames.includes("x-app")) return false;
      plan.signer.values["x-app"] = "another-value";
      return true;
    },
    "a host that nobody knows": (plan) => {
      plan.signer.host = "internal.example.org";
      return true;
    },
  };

  test.each(Object.entries(UNPROVABLE))("of %s: UNKNOWN, and what was ruled out", async (_, change) => {
    let total = 0;
    for (let seed = 0; total < SINGLE_RUNS / 2; seed++) {
      const random = new Random(seed);
      const plan = drawPlan(random);
      if (!change(plan, random)) continue;
      total++;
      const { request, options } = carryOut(plan);
      const { mistakes, ruledOut, candidates } = await diagnoseMismatch(request, options);
      expect(mistakes.map(({ code }) => code)).toEqual(["UNKNOWN"]);
      expect(ruledOut).toContain("SECRET_WHITESPACE");
      expect(candidates).toBeLessThanOrEqual(2000);
    }
  });
});

describe("diagnoseMismatch() behind a front end that takes headers away", () => {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
  const date = new Date("2026-11-21T12:00:00Z");
  const options = {
    credentials: () => credentials,
    now: date,
    losesHeader: (name: string): boolean => name === "connection" || name.includes("_"),
  };
  const sign = (...signedHeaders: string[]): Promise<WireRequest> =>
    signRequest(
      {
        method: "POST",
        target: "/anthropic/v1/messages",
        headers: [
          ["host", "bedrock-mantle.us-east-1.api.aws"],
          ["accept", "application/json"],
          ["connection", "keep-alive"],
          ["session_id", "1"],
          ["thread_id", "2"],
        ],
        httpVersion: "1.1",
        body: new Uint8Array(),
      },
      { credentials, region: "us-east-1", service: "bedrock-mantle", date, signedHeaders: ["host", ...signedHeaders] },
    );

  test("names every header that was signed and does not arrive", async () => {
    const found = await diagnoseMismatch(await sign("connection", "session_id", "thread_id"), options);

    expect(found.mistakes.map(({ code, header }) => [code, header])).toEqual([
      ["HEADER_LOST", "connection"],
      ["HEADER_LOST", "session_id"],
      ["HEADER_LOST", "thread_id"],
    ]);
    expect(found.mistakes[0]?.message).toContain('(header "connection")');
    expect(found.canonicalRequest).toContain("\nconnection:\n");
    expect(found.signedCanonicalRequest).toContain("\nconnection:keep-alive\n");
  });

  test("and a mistake beside it", async () => {
    const signed = await sign("accept", "session_id");
    const headers = signed.headers.map(([name, value]): [string, string] => [name, name === "accept" ? "*/*" : value]);
    const { mistakes } = await diagnoseMismatch({ ...signed, headers }, options);

    expect(mistakes.map(({ code, header }) => [code, header])).toEqual([
      ["HEADER_LOST", "session_id"],
      ["HEADER_REWRITTEN", "accept"],
    ]);
  });

  test("but none that is sent and not signed", async () => {
    expect(await diagnoseMismatch(await sign("accept"), options)).toMatchObject({ ok: true, mistakes: [] });
    const { mistakes } = await diagnoseMismatch({ ...(await sign("accept")), method: "GET" }, options);
    expect(mistakes.map(({ code }) => code)).toEqual(["METHOD_CHANGED"]);
  });

  test("and none where no front end is named", async () => {
    const signed = await sign("connection", "session_id");

    expect(await diagnoseMismatch(signed, { ...options, losesHeader: undefined })).toMatchObject({ ok: true });
  });
});

afterEach(() => vi.restoreAllMocks());

describe("diagnoseMismatch() bounds its work", () => {
  test.each([
    [2000, undefined],
    [10, 10],
    [1, 1],
  ])("computes at most %i signatures, and hashes the body once", async (limit, maxCandidates) => {
    // Keys of its own: one that is cached would not be counted.
    const plan = drawPlan(new Random(900_000 + limit));
    plan.signer.secret = "another";
    const { request, options } = carryOut(plan);
    const { scopeSigner } = digest;
    let signatures = 0;
    vi.spyOn(digest, "scopeSigner").mockImplementation((key, scope) => {
      const sign = scopeSigner(key, scope);
      return (date, hash) => {
        signatures++;
        return sign(date, hash);
      };
    });
    const hashes = vi.spyOn(digest, "sha256Hex");
    const { mistakes, candidates } = await diagnoseMismatch(request, { ...options, maxCandidates });

    expect(mistakes.map(({ code }) => code)).toEqual(["UNKNOWN"]);
    expect(signatures).toBeLessThanOrEqual(limit);
    expect(candidates).toBe(signatures);
    expect(hashes.mock.calls.filter(([data]) => data === request.body)).toHaveLength(1);
  });
});
