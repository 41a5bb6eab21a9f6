/**
 * Values that look as providers make them, the same in every run. They are made here, so that the repository itself
 * holds nothing that scanners take for a leak.
 */
/** mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const next = drawing(Number(process.env["SECRETS_SEED"] ?? 20_261_129));

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";

export const drawn = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]!).join("");

export const hex = (length: number): string => drawn(`${DIGITS}abcdef`, length);
export const digits = (length: number): string => drawn(DIGITS, length);
export const upper = (length: number): string => drawn(`${LOWER.toUpperCase()}234567`, length);
export const lower = (length: number): string => drawn(LOWER + DIGITS, length);
export const mixed = (length: number): string => drawn(LOWER + LOWER.toUpperCase() + DIGITS, length);
export const base64 = (length: number): string => drawn(`${LOWER}${LOWER.toUpperCase()}${DIGITS}+/`, length);
export const urlSafe = (length: number): string => drawn(`${LOWER}${LOWER.toUpperCase()}${DIGITS}-_`, length);
export const uuid = (): string => [8, 4, 4, 4, 12].map((length) => hex(length)).join("-");
export const encoded = (text: string): string => Buffer.from(text).toString("base64");
export const jwt = (): string =>
  [JSON.stringify({ alg: "HS256", typ: "JWT" }), JSON.stringify({ sub: digits(10), iat: 1_700_000_000 })]
    .map((part) => Buffer.from(part).toString("base64url"))
    .concat(urlSafe(43))
    .join(".");

/** A PEM block of a kind, with lines of random base64. */
export const pem = (kind: string, end = "\n"): string =>
  [`-----BEGIN ${kind}-----`, base64(64), base64(64), base64(44), `-----END ${kind}-----`, ""].join(end);

/** A password as a person makes one up. */
export const password = (): string =>
  `${["Summer", "hunter", "Tr0ub4dor", "Winter", "dragon"][Math.floor(next() * 5)]!}${digits(3)}${["!", "$", "#x", "_q", ""][Math.floor(next() * 5)]!}`;
