import { canonicalValue } from "../../sigv4/canonical-value.ts";
import { FORWARDING_HEADERS, MAX_HOPS } from "../gateway-values.ts";
import { HEADER_VALUES, LIST_HEADERS, SECRET_HEADERS } from "../known-values.ts";
import type { Alternative, FoundMistake } from "../parts.ts";

/** The values of a signed header as they were received. */
export interface ReceivedHeader {
  readonly name: string;
  readonly values: readonly string[];
}

/** Ways to leave space in a value. */
const KEPT_SPACE: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => value.trim(),
  (value) => value.replace(/\s+/g, " "),
];

/**
 * Everything that may have happened to the signed headers, but for the host.
 *
 * @param headers The signed headers as they were received.
 * @returns What may have been signed instead, with the mistake that it would be.
 */
export function headerAlternatives(headers: readonly ReceivedHeader[]): readonly Alternative[] {
  return [...headers.flatMap((header) => [...duplicated(header), ...rewritten(header)]), ...spaceKept(headers)];
}

function alternative(
  { name, values }: ReceivedHeader,
  code: FoundMistake["code"] | readonly FoundMistake["code"][],
  signed: string,
  cost: number,
): Alternative {
  const shown = SECRET_HEADERS.has(name) ? {} : { signed, received: values.join(",") };
  const codes = typeof code === "string" ? [code] : code;
  return {
    slot: `header ${name}`,
    change: { headers: { [name]: signed } },
    mistakes: codes.map((each) => ({ code: each, header: name, ...shown })),
    cost,
  };
}

function rewritten(header: ReceivedHeader): readonly Alternative[] {
  const received = header.values.map(canonicalValue).join(",");
  const found: Alternative[] = [];
  const known = Object.hasOwn(HEADER_VALUES, header.name) ? HEADER_VALUES[header.name] : undefined;
  for (const value of known ?? []) found.push(alternative(header, "HEADER_REWRITTEN", value, 1));
  if (header.name === "content-type") {
    const [media = ""] = received.split(";");
    const bare = media.trim();
    for (const charset of ["", "; charset=utf-8", ";charset=utf-8", "; charset=UTF-8", ";charset=UTF-8"]) {
      found.push(alternative(header, "HEADER_REWRITTEN", `${bare}${charset}`, 1));
    }
  }
  if (LIST_HEADERS.has(header.name)) {
    const items = received.split(",").map((item) => item.trim());
    const shorter = items.slice(0, 12).map((_, index) => items.filter((__, at) => at !== index));
    for (const kept of [items, ...(items.length > 1 ? shorter : [])]) {
      for (const separator of [",", ", "]) found.push(alternative(header, "HEADER_REWRITTEN", kept.join(separator), 2));
    }
  }
  found.push(alternative(header, "HEADER_REWRITTEN", received.toLowerCase(), 3));
  return found;
}

/** What stood in a header before hops added to it: in the text as received, or in the lines of it. */
function appended(header: ReceivedHeader): readonly Alternative[] {
  const raw = header.values.map(canonicalValue);
  const signed = new Set<string>();
  for (const text of [raw.join(","), raw.join(", ")]) {
    for (let hops = 1, at = text.lastIndexOf(","); hops <= MAX_HOPS && at > 0; at = text.lastIndexOf(",", at - 1)) {
      signed.add(text.slice(0, at).trim());
      hops++;
    }
  }
  return [...signed].map((value, index) => alternative(header, "HEADER_APPENDED", value, index === 0 ? 1 : 2));
}

function duplicated(header: ReceivedHeader): readonly Alternative[] {
  if (FORWARDING_HEADERS.has(header.name)) return appended(header);
  const values = header.values.map(canonicalValue);
  const one = (signed: string, cost: number): Alternative => alternative(header, "HEADER_DUPLICATED", signed, cost);
  if (values.length > 1) {
    const singles = [...new Set(values.slice(0, 8))];
    return [
      ...singles.map((value) => one(value, 1)),
      one(values.join(", "), 1),
      one(singles.join(","), 2),
      ...values.slice(0, 8).map((_, index) => one(values.toSpliced(index, 1).join(","), 2)),
      ...header.values
        .slice(0, 8)
        .flatMap((value) =>
          KEPT_SPACE.map((keep) =>
            alternative(header, ["HEADER_DUPLICATED", "HEADER_WHITESPACE_KEPT"], keep(value), 2),
          ),
        ),
    ];
  }
  const [value = ""] = values;
  const items = value.split(",").map((item) => item.trim());
  // An HTTP library may have joined the two already.
  const repeats = items.length > 1 && new Set(items).size < items.length;
  const joined = items.length > 1 && !LIST_HEADERS.has(header.name);
  const half = value.slice(0, (value.length - 1) >> 1).trim();
  const split = repeats || joined ? [...new Set(items)].slice(0, 8) : [];
  const halves = value.length > 2 && (value === `${half},${half}` || value === `${half}, ${half}`) ? [half] : [];
  const first = value.slice(0, (value.length - 2) / 2);
  const spaced = value === `${first}, ${first}` ? [first] : [];
  return [
    ...[...halves, ...spaced, ...split].map((signed) => one(signed, 1)),
    ...(joined ? [one(items.slice(0, -1).join(","), 2), one(items.slice(0, -1).join(", "), 2)] : []),
    one(`${value},${value}`, 3),
    one(`${value}, ${value}`, 3),
  ];
}

/** A signer that keeps space keeps it in every header; one header alone is tried after that. */
function spaceKept(headers: readonly ReceivedHeader[]): readonly Alternative[] {
  const found: Alternative[] = [];
  for (const keep of KEPT_SPACE) {
    const changed = headers.flatMap(({ name, values }) => {
      const signed = values.map(keep).join(",");
      return signed === values.map(canonicalValue).join(",") ? [] : [{ name, values, signed }];
    });
    if (changed.length === 0) continue;
    found.push({
      slot: "space",
      change: { headers: Object.fromEntries(changed.map(({ name, signed }) => [name, signed])) },
      mistakes: [{ code: "HEADER_WHITESPACE_KEPT", header: changed.map(({ name }) => name).join(", ") }],
      cost: 1,
    });
    if (changed.length === 1) continue;
    for (const { name, values, signed } of changed.slice(0, 12)) {
      found.push(alternative({ name, values }, "HEADER_WHITESPACE_KEPT", signed, 2));
    }
  }
  return found;
}
