/**
 * The units of the config. Each has one TypeScript type for the editor, and an entry in {@link units} with its pattern
 * and range, which the JSON schema takes over, and its parser, which lower uses. What a quantity may be counted in
 * stands in one record, from which type, pattern and parser are made. `units.test.ts` holds the three to one table, and
 * to one entry for each type. Plain numbers that mean something have a name and bounds in {@link numbers}. A field may
 * narrow its unit's range with `@atLeast`, `@atMost` and `@inSteps`.
 */

/** Seconds. */
const TIMES = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 } as const;
/** Bytes. */
const SIZES = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;
/** A second. */
const RATES = { "/s": 1, "/m": 1 / 60, "/h": 1 / 3600 } as const;
/** ISO 4217. */
const CURRENCIES = ["EUR", "USD", "GBP", "CHF"] as const;

/**
 * A length of time: a number and `ms`, `s`, `m`, `h` or `d`.
 * @example "15m"
 */
export type Duration = `${number}${keyof typeof TIMES}`;

/**
 * A duration that may be nothing.
 * @example "30s"
 */
export type Delay = Duration;

/**
 * A share of a whole, 0% to 100%.
 * @example "99.9%"
 */
export type Percent = `${number}%`;

/**
 * A share of a whole that is more than nothing.
 * @example "99.9%"
 */
export type Share = Percent;

/**
 * An amount of money, more than none, and its ISO 4217 currency.
 * @example "1200.50 EUR"
 */
export type Money = `${number} ${(typeof CURRENCIES)[number]}`;

/**
 * Processor time in cores, or in thousandths of a core with `m`.
 * @example "250m"
 */
export type Cpu = `${number}m` | `${number}`;

/**
 * How often something happens: a number and `/s`, `/m` or `/h`.
 * @example "20/s"
 */
export type Rate = `${number}${keyof typeof RATES}`;

/**
 * An amount of disk, or of memory beside that of a pod, in binary units.
 * @example "10Gi"
 */
export type Bytes = `${number}${keyof typeof SIZES}`;

/**
 * The memory of a pod in binary units.
 * @example "512Mi"
 */
export type Memory = Bytes;

/**
 * An IPv4 network in CIDR notation, written with its network address.
 * @example "10.0.1.0/24"
 */
export type Cidr = `${number}.${number}.${number}.${number}/${number}`;

/**
 * A schedule in cron's five fields, in UTC.
 * @example "0 3 * * 1-5"
 */
export type Cron = `${string} ${string} ${string} ${string} ${string}`;

/**
 * The digest of a container image.
 * @example "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
 */
export type Digest = `sha256:${string}`;

/** How many: a whole number, 0 or more. */
export type Count = number;

/** How many pods: a whole number from 1. */
export type PodCount = number;

/** Fewest pods: a whole number from 0. */
export type FewestPods = number;

/** How many machines: a whole number, 0 or more. */
export type MachineCount = number;

/** How many machines at most: a whole number, 1 or more. */
export type MachineLimit = number;

/** The number of a TCP port, 1 to 65535. */
export type PortNumber = number;

/** A whole percentage of traffic, 0 to 100. */
export type Weight = number;

/** What the schema asks of numbers; to the editor each is a number like any other. */
export const numbers = {
  // Kubernetes' numbers have 32 bits.
  Count: { title: "a count", minimum: 0, maximum: 2_147_483_647 },
  // As many as a cluster is made for: https://kubernetes.io/docs/setup/best-practices/cluster-large/
  PodCount: { title: "a number of pods", minimum: 1, maximum: 150_000 },
  FewestPods: { title: "a number of pods", minimum: 0, maximum: 150_000 },
  // More than any cloud gives to one group of machines.
  MachineCount: { title: "a number of machines", minimum: 0, maximum: 10_000 },
  // A group that can have none has no place in the clouds' modules.
  MachineLimit: { title: "a number of machines", minimum: 1, maximum: 10_000 },
  PortNumber: { title: "a port", minimum: 1, maximum: 65_535 },
  // The controller's weights are whole: https://argo-rollouts.readthedocs.io/en/stable/features/specification/
  Weight: { title: "a whole percentage", minimum: 0, maximum: 100 },
} satisfies Record<string, { title: string; minimum: number; maximum: number }>;

/** One unit: what it is called in messages, its schema pattern, its range, an example, and its parser. */
export interface Unit {
  /** What a message calls it. */
  title: string;
  pattern: RegExp;
  /** How to write it, as a message shows it. */
  example: string;
  /** The least and the most that it can be, for all that reads it. */
  range?: { atLeast: string; atMost: string };
  /** The number behind a text that matches the pattern; undefined for units that are no number. */
  parse?: (text: string) => number;
}

/** What was read before: configs repeat the same few texts thousands of times. */
const measured = new Map<string, number>();

/**
 * `15m` is its number times its unit, without binary dust: 0.55 * 60 is 33.00000000000001, and rounding that up would
 * be a second too much.
 */
function measure<U extends string>(text: string, factors: Record<U, number>): number {
  let value = measured.get(text); // no text is in two units
  if (value === undefined) {
    const unit = text.replace(/^[0-9.]+/, "") as U;
    value = Number((Number(text.slice(0, -unit.length)) * factors[unit]).toPrecision(15));
    measured.set(text, value);
  }
  return value;
}

/** A number, without sign or leading zeros, and what it counts. */
const quantity = (factors: object): RegExp =>
  new RegExp(`^(0|[1-9][0-9]*)(\\.[0-9]+)?(${Object.keys(factors).join("|")})$`);

const DURATION = quantity(TIMES);
const AMOUNT_OF_BYTES = quantity(SIZES);
const RATE = quantity(RATES);
const PERCENT = /^((0|[1-9][0-9]?)(\.[0-9]+)?|100(\.0+)?)%$/;
const percentage = (text: string): number => Number(`${text.slice(0, -1)}e-2`);

export const units = {
  /** Seconds. A hundred years: what counts in nanoseconds ends at 292. */
  Duration: {
    title: "a duration",
    example: "15m",
    range: { atLeast: "1ms", atMost: "36500d" },
    pattern: DURATION,
    parse: (text) => measure(text, TIMES),
  },
  /** Seconds. */
  Delay: {
    title: "a duration",
    example: "30s",
    range: { atLeast: "0s", atMost: "36500d" },
    pattern: DURATION,
    parse: (text) => measure(text, TIMES),
  },
  /** A fraction between 0 and 1. */
  Percent: { title: "a percentage", example: "99.9%", pattern: PERCENT, parse: percentage },
  /** A fraction above 0, up to 1. */
  Share: {
    title: "a percentage above 0%",
    example: "99.9%",
    pattern: new RegExp(`^(?!0([.]0+)?%)${PERCENT.source.slice(1)}`),
    parse: percentage,
  },
  /** The amount; the currency is {@link currencyOf}. */
  Money: {
    title: "an amount of money above 0",
    example: "1200.50 EUR",
    pattern: new RegExp(`^(?!0([.]0{1,2})? )(0|[1-9][0-9]{0,11})(\\.[0-9]{1,2})? (${CURRENCIES.join("|")})$`),
    parse: (text) => Number(text.slice(0, -4)),
  },
  /** Cores. The largest machines of the clouds have 1,920. */
  Cpu: {
    title: "an amount of CPU",
    example: "250m",
    range: { atLeast: "1m", atMost: "4096" },
    pattern: /^((0|[1-9][0-9]*)(\.[0-9]{1,3})?|[1-9][0-9]*m)$/,
    parse: (text) => (text.endsWith("m") ? Number(text.slice(0, -1)) / 1000 : Number(text)),
  },
  /** A second. One an hour says nothing to anybody, and no service of one cluster gets ten million a second. */
  Rate: {
    title: "a rate",
    example: "20/s",
    range: { atLeast: "1/h", atMost: "10000000/s" },
    pattern: RATE,
    parse: (text) => measure(text, RATES),
  },
  /** Bytes. The largest volumes of the clouds have 64Ti. */
  Bytes: {
    title: "an amount of disk",
    example: "10Gi",
    range: { atLeast: "1Ki", atMost: "64Ti" },
    pattern: AMOUNT_OF_BYTES,
    parse: (text) => measure(text, SIZES),
  },
  /** Bytes. No process starts in less, and no machine has more. */
  Memory: {
    title: "an amount of memory",
    example: "512Mi",
    range: { atLeast: "1Mi", atMost: "32Ti" },
    pattern: AMOUNT_OF_BYTES,
    parse: (text) => measure(text, SIZES),
  },
  Cidr: {
    title: "an IPv4 network",
    example: "10.0.1.0/24",
    pattern:
      /^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}\/(3[0-2]|[12]?[0-9])$/,
  },
  Cron: {
    title: "a cron schedule of five fields",
    example: "0 3 * * 1-5",
    pattern: /^[0-9A-Z*,/?#L-]+( [0-9A-Z*,/?#L-]+){4}$/,
  },
  Digest: {
    title: "an image digest",
    example: "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    pattern: /^sha256:[0-9a-f]{64}$/,
  },
} satisfies Record<string, Unit>;

/** Units that can be compared: those with a parser. Amounts of money can not, since each has its own currency. */
type Quantity = Exclude<
  { [U in keyof typeof units]: (typeof units)[U] extends { parse: unknown } ? U : never }[keyof typeof units],
  "Money"
>;

/** What a field or a unit asks of a quantity, in the quantity's own notation. */
export interface Range {
  unit: Quantity;
  atLeast?: string;
  atMost?: string;
  /** It is a multiple of this. */
  inSteps?: string;
}

/** How a text breaks a range, if it does. What is no text of the unit breaks none: its pattern says so. */
export function outOfRange(
  text: string,
  { unit, atLeast, atMost, inSteps }: Range,
): "below" | "above" | "between" | undefined {
  const { pattern, parse }: Unit = units[unit];
  if (!pattern.test(text)) return undefined;
  const value = parse!(text);
  if (atLeast !== undefined && value < parse!(atLeast)) return "below";
  if (atMost !== undefined && value > parse!(atMost)) return "above";
  if (inSteps === undefined) return undefined;
  const steps = Number((value / parse!(inSteps)).toPrecision(12)); // as in `measure`: no dust
  return Number.isInteger(steps) ? undefined : "between";
}

/** Seconds of a {@link Duration}. */
export const seconds = (text: Duration): number => units.Duration.parse(text);
/** The fraction (0–1) of a {@link Percent}. */
export const fraction = (text: Percent): number => units.Percent.parse(text);
/** The amount of a {@link Money}, without its currency. */
export const amount = (text: Money): number => units.Money.parse(text);
/** The ISO 4217 code of a {@link Money}. */
export const currencyOf = (text: Money): string => text.slice(-3);
/** Cores of a {@link Cpu}. */
export const cores = (text: Cpu): number => units.Cpu.parse(text);
/** Bytes of a {@link Bytes}. */
export const bytes = (text: Bytes): number => units.Bytes.parse(text);

/** How often a second, of a {@link Rate}. */
export const perSecond = (text: Rate): number => units.Rate.parse(text);

/** The number behind a tunable's value: a count, a rate, cores or bytes. The schema lets nothing else through. */
export function magnitude(value: number | string): number {
  if (typeof value === "number") return value;
  if (units.Rate.pattern.test(value)) return perSecond(value as Rate);
  return units.Cpu.pattern.test(value) ? cores(value as Cpu) : bytes(value as Bytes);
}
