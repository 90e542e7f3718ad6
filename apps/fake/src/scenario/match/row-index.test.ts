import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exchangeOf, madeRequest, madeRows } from "../../../test/support/made-scenarios.ts";
import { compileRow } from "./compile-row.ts";
import { RequestFacts } from "./request-facts.ts";
import { RowIndex } from "./row-index.ts";

describe("RowIndex", () => {
  test("finds the rows that a walk finds, in the same order", () => {
    fc.assert(
      fc.property(madeRows, madeRequest, (all, asked) => {
        const facts = new RequestFacts(exchangeOf(asked));
        const compiled = all.map((row, index) => compileRow(row, `replies[${index}]`));
        const fits = (place: number): boolean =>
          compiled[place]!.fits(facts) && (all[place]!.state?.was ?? asked.state) === asked.state;
        const walked = [...all.keys()].filter(fits);
        expect([...new RowIndex(all).candidates(facts, asked.state)].filter(fits)).toEqual(walked);
      }),
      soakProperty(20_000, 500),
    );
  });

  test("asks few of many rows whose texts have much in common", () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({
      when: { text: `what is the answer to question ${index}?` },
    }));
    const exchange = exchangeOf({
      text: "Tell me: what is the answer to question 417? Be brief.",
      turns: 0,
      model: "",
      target: "/v1/messages",
      state: "started",
      userAgent: "",
    });
    const asked = [...new RowIndex(many).candidates(new RequestFacts(exchange), "started")];
    expect(asked).toContain(417);
    expect(asked.length).toBeLessThan(30);
  });
});
