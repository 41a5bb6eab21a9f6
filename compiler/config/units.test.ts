import { readFileSync } from "node:fs";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { texts } from "./texts.ts";
import {
  currencyOf,
  numbers,
  outOfRange,
  units,
  type Bytes,
  type Cidr,
  type Cpu,
  type Cron,
  type Delay,
  type Digest,
  type Duration,
  type Memory,
  type Money,
  type Percent,
  type Range,
  type Rate,
  type Share,
  type Unit,
} from "./units.ts";

interface UnitTypes {
  Duration: Duration;
  Delay: Delay;
  Percent: Percent;
  Share: Share;
  Money: Money;
  Cpu: Cpu;
  Rate: Rate;
  Bytes: Bytes;
  Memory: Memory;
  Cidr: Cidr;
  Cron: Cron;
  Digest: Digest;
}

interface Row {
  /** Texts that the editor, the schema and the parser take, and what the parser makes of them. */
  takes: Readonly<Record<string, number | undefined>>;
  /** Texts that the editor and the schema refuse. */
  refuses: readonly string[];
  /** Texts that TypeScript's template literals cannot tell apart; the schema refuses them. */
  schemaRefuses: readonly string[];
}

const HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

const table = {
  Duration: {
    takes: {
      "15m": 900,
      "0s": 0,
      "500ms": 0.5,
      "0.55m": 33,
      "1.5h": 5400,
      "30d": 2_592_000,
      "90s": 90,
      "0.5ms": 0.0005,
    },
    refuses: ["", "m", "5", "5M", "5m ", "5min", "5 minutes", "1_0m", "1,5h", "Infinitym", "1w", "１m"],
    schemaRefuses: [" 5m", "5 m", "05m", "+5m", "-1m", ".5m", "5.m", "1e3m", "0x10s", "0b1s", "5\nm"],
  },
  Percent: {
    takes: {
      "0%": 0,
      "0.5%": 0.005,
      "1%": 0.01,
      "29%": 0.29,
      "99.9%": 0.999,
      "99.999%": 0.99999,
      "100%": 1,
      "100.00%": 1,
    },
    refuses: ["", "%", "5", "0.5", "5 percent", "99,9%", "NaN%", "5%%", "5% "],
    schemaRefuses: ["101%", "100.1%", "-1%", " 5%", "5 %", "05%", ".5%", "5.%", "1e1%", "0x10%", "1000%"],
  },
  Share: {
    takes: { "0.5%": 0.005, "0.001%": 0.00001, "5%": 0.05, "100%": 1 },
    refuses: ["", "%", "5", "5 percent"],
    schemaRefuses: ["0%", "0.0%", "101%", "-1%", "05%"],
  },
  Delay: {
    takes: { "0s": 0, "0ms": 0, "30s": 30 },
    refuses: ["", "0", "s"],
    schemaRefuses: ["-1s", " 0s", "00s"],
  },
  Money: {
    takes: { "900 USD": 900, "1200.50 EUR": 1200.5, "0.01 GBP": 0.01, "0.5 CHF": 0.5, "12.34 USD": 12.34 },
    refuses: ["", "900", "900USD", "USD 900", "900 usd", "900 JPY", "1,200 EUR", "$900", "900 USD "],
    schemaRefuses: [
      "-1 EUR",
      "1.505 EUR",
      " 1 EUR",
      "1  EUR",
      "01 EUR",
      "1e3 EUR",
      "0x10 EUR",
      ".5 EUR",
      "0 EUR",
      "0.00 EUR",
      "1000000000000 EUR",
    ],
  },
  Cpu: {
    takes: { "250m": 0.25, "1m": 0.001, "1500m": 1.5, "1": 1, "0.5": 0.5, "2.125": 2.125 },
    refuses: ["", "m", "1 core", "250M", "1,5", "half", "250mm"],
    schemaRefuses: ["-1", "1e3", "0x10", " 5m", "5 m", "05m", ".5", "1.", "0.5m", "0m", "1.0005", "007"],
  },
  Rate: {
    takes: { "20/s": 20, "0.2/s": 0.2, "90/m": 1.5, "18/h": 0.005 },
    refuses: ["", "20", "/s", "20/S", "20/min", "20 per second", "20/s ", "1,5/s", "20rps"],
    schemaRefuses: ["-1/s", " 1/s", "1 /s", "01/s", ".5/s", "1e3/s", "0x10/s", "1./s"],
  },
  Bytes: {
    takes: {
      "512Mi": 536_870_912,
      "1Ki": 1024,
      "1.5Gi": 1_610_612_736,
      "2Ti": 2_199_023_255_552,
      "0.5Gi": 536_870_912,
    },
    refuses: ["", "512", "512MB", "512M", "512mi", "512MiB", "1G", "Mi", "1,5Gi", "512Mi "],
    schemaRefuses: ["-1Mi", " 1Mi", "1 Mi", "01Mi", ".5Gi", "1e3Mi", "0x10Mi", "1.Gi"],
  },
  Memory: {
    takes: { "512Mi": 536_870_912, "1.5Gi": 1_610_612_736 },
    refuses: ["", "512", "512MB", "1G"],
    schemaRefuses: ["-1Mi", "01Mi", ".5Gi"],
  },
  Cidr: {
    takes: {
      "10.0.1.0/24": undefined,
      "0.0.0.0/0": undefined,
      "255.255.255.255/32": undefined,
      "100.64.0.0/10": undefined,
    },
    refuses: ["", "10.0.1.0", "10.0.1/24", "10.0.1.0/", "::/0", "10.0.1.0-10.0.1.255", "all"],
    schemaRefuses: [
      "10.0.1.0/24 ",
      "256.0.0.0/8",
      "10.0.0.0/33",
      "10.00.0.0/8",
      "010.0.0.0/8",
      "1.2.3.4.5/6",
      "10.0.0.0/08",
      "0x10.0.0.0/8",
      " 10.0.0.0/8",
      "10.0.0.-1/8",
      "1e1.0.0.0/8",
    ],
  },
  Cron: {
    takes: {
      "0 3 * * 1-5": undefined,
      "*/5 * * * *": undefined,
      "0 9 1 JAN,JUL *": undefined,
      "0 0 L * 5#2": undefined,
      "0 12 ? * MON": undefined,
    },
    refuses: ["", "* * * *", "daily", "@hourly"],
    schemaRefuses: [
      "* * * * * *",
      "    ",
      "0  3 * * *",
      " 0 3 * * *",
      "0 3 * * mon;",
      "CRON_TZ=UTC 0 3 * * *",
      "0 3 * * *\n",
    ],
  },
  Digest: {
    takes: { [`sha256:${HEX}`]: undefined },
    refuses: ["", HEX, `sha512:${HEX}`, `SHA256:${HEX}`, `@sha256:${HEX}`, "latest"],
    schemaRefuses: [
      "sha256:",
      `sha256:${HEX.toUpperCase()}`,
      `sha256:${HEX}0`,
      `sha256:${HEX.slice(1)}`,
      `sha256:${HEX} `,
    ],
  },
} as const satisfies Record<keyof UnitTypes, Row>;

type Table = typeof table;
/**
 * What the editor says of the table; `test/types/` has both compilers judge it. `never` in every place means: as the
 * table says.
 */
export type Misjudged = {
  [U in keyof UnitTypes]: {
    refusedButListedAsTaken: Exclude<Extract<keyof Table[U]["takes"], string>, UnitTypes[U]>;
    takenButListedAsRefused: Extract<Table[U]["refuses"][number], UnitTypes[U]>;
    refusedThoughListedAsLeftToTheSchema: Exclude<Table[U]["schemaRefuses"][number], UnitTypes[U]>;
  };
};
type Verdicts = { [U in keyof Misjudged]: Misjudged[U][keyof Misjudged[U]] }[keyof Misjudged];
[] satisfies [Verdicts] extends [never] ? [] : Verdicts;

const { definitions } = JSON.parse(
  readFileSync(new URL("../../schemas/ecosystem.schema.json", import.meta.url), "utf8"),
) as { definitions: Record<string, { pattern: string }> };

for (const [name, row] of Object.entries<Row>(table)) {
  const unit: Unit = units[name as keyof UnitTypes];

  test(`${name}: the schema's pattern is the unit's own`, () => {
    assert.is(definitions[name]!.pattern, unit.pattern.source);
    assert.ok(unit.pattern.test(unit.example), "its example is one");
  });

  test(`${name}: takes what it should, with its value`, () => {
    for (const [text, value] of Object.entries(row.takes)) {
      assert.ok(new RegExp(definitions[name]!.pattern).test(text), text);
      assert.is(unit.parse?.(text), value, text);
    }
  });

  test(`${name}: refuses what it should`, () => {
    const pattern = new RegExp(definitions[name]!.pattern);
    for (const text of [...row.refuses, ...row.schemaRefuses]) assert.not.ok(pattern.test(text), JSON.stringify(text));
  });
}

test("every type of the module has one entry, and every entry its type", () => {
  const types = (file: string): string[] =>
    [...readFileSync(new URL(file, import.meta.url), "utf8").matchAll(/^export type (\w+) =/gm)].map(
      ([, name]) => name!,
    );
  assert.equal(types("units.ts").sort(), [...Object.keys(units), ...Object.keys(numbers)].sort());
  assert.equal(types("texts.ts").sort(), Object.keys(texts).sort());
});

test("schemas that are written by hand ask of a digest what its unit does", () => {
  for (const file of ["images", "tuning"]) {
    const schema = readFileSync(new URL(`../../schemas/${file}.schema.json`, import.meta.url), "utf8");
    const patterns = [...schema.matchAll(/"pattern": "([^"]*sha256[^"]*)"/g)].map(([, pattern]) => pattern);
    assert.equal(patterns, [units.Digest.pattern.source], file);
  }
});

const ranges: Record<string, readonly [inside: readonly string[], below: readonly string[], above: readonly string[]]> =
  {
    Duration: [
      ["1ms", "0.001s", "36500d", "15m"],
      ["0s", "0.0d", "0.9ms"],
      ["36501d", "999999999d"],
    ],
    Delay: [["0s", "0ms", "36500d"], [], ["36500.5d"]],
    Cpu: [
      ["1m", "0.001", "4096", "4096000m"],
      ["0", "0.000"],
      ["4097", "4096001m", "99999999"],
    ],
    Rate: [
      ["1/h", "0.2/s", "600000000/m", "10000000/s"],
      ["0/s", "0.9/h", "0.01/m"],
      ["10000001/s", "36000000001/h"],
    ],
    Bytes: [
      ["1Ki", "64Ti", "65536Gi"],
      ["0Mi", "0.0Gi", "0.5Ki"],
      ["64.1Ti", "999999999Gi"],
    ],
    Memory: [
      ["1Mi", "1024Ki", "32Ti"],
      ["0Mi", "1023Ki"],
      ["33Ti", "999999999Gi"],
    ],
  };

for (const [name, [inside, below, above]] of Object.entries(ranges)) {
  test(`${name}: its range`, () => {
    const range = { unit: name as Range["unit"], ...(units[name as keyof UnitTypes] as Unit).range };
    for (const text of inside) assert.is(outOfRange(text, range), undefined, text);
    for (const text of below) assert.is(outOfRange(text, range), "below", text);
    for (const text of above) assert.is(outOfRange(text, range), "above", text);
  });
}

test("every quantity with a parser has a range or a form that bounds it", () => {
  const without = Object.entries<Unit>(units).filter(
    ([, { range, parse }]) => parse !== undefined && range === undefined,
  );
  assert.equal(
    without.map(([name]) => name),
    ["Percent", "Share", "Money"],
  );
});

test("steps are counted without binary dust", () => {
  for (const text of ["1s", "0.55m", "1.1m", "3600000ms", "0.1h"])
    assert.is(outOfRange(text, { unit: "Duration", inSteps: "1s" }), undefined, text);
  for (const text of ["1.5s", "0.001m", "1001ms"])
    assert.is(outOfRange(text, { unit: "Duration", inSteps: "1s" }), "between", text);
  assert.is(outOfRange("12.5%", { unit: "Percent", inSteps: "1%" }), "between");
  assert.is(outOfRange("29%", { unit: "Percent", inSteps: "1%" }), undefined);
});

test("what is no text of the unit breaks no range: its pattern says so", () => {
  for (const text of ["", "5 m", "approval", "0"])
    assert.is(outOfRange(text, { unit: "Duration", atLeast: "1s" }), undefined, text);
});

/** Numbers as people write them, up to six digits with up to three behind the point. */
const decimal = fc
  .tuple(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 999 }))
  .map(([whole, rest]) => (rest === 0 ? `${whole}` : `${whole}.${String(rest).padStart(3, "0")}`));

const suffixes: Partial<Record<keyof UnitTypes, readonly string[]>> = {
  Duration: ["ms", "s", "m", "h", "d"],
  Bytes: ["Ki", "Mi", "Gi", "Ti"],
  Rate: ["/h", "/m", "/s"],
  Cpu: [""],
  Percent: ["%"],
};

for (const [name, endings] of Object.entries(suffixes)) {
  const { pattern, parse } = units[name as "Duration"] as Required<Unit>;

  test(`${name}: what matches the pattern parses to a number that is not negative`, () => {
    fc.assert(
      fc.property(fc.stringMatching(pattern), (text) => {
        const value = parse(text);
        return Number.isFinite(value) && value >= 0;
      }),
    );
  });

  test(`${name}: more is more, in the same unit and across units`, () => {
    for (const [index, ending] of endings.entries()) {
      fc.assert(
        fc.property(decimal, decimal, (a, b) => {
          if (!pattern.test(a + ending) || !pattern.test(b + ending)) return true;
          return Math.sign(Number(a) - Number(b)) === Math.sign(parse(a + ending) - parse(b + ending));
        }),
      );
      const larger = endings[index + 1];
      if (larger !== undefined)
        fc.assert(fc.property(decimal, (a) => Number(a) === 0 || parse(a + ending) < parse(a + larger)));
    }
  });
}

test("a duration in minutes with two decimals is a whole number of seconds over five, without dust", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), (hundredths) => {
      const value = units.Duration.parse(`${(hundredths / 100).toFixed(2)}m`);
      return value === Number(((hundredths * 60) / 100).toFixed(6));
    }),
  );
});

test("thousandths of a core and cores mean the same", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 128_000 }),
      (thousandths) => units.Cpu.parse(`${thousandths}m`) === units.Cpu.parse(String(thousandths / 1000)),
    ),
  );
});

test("the currency of money is its last word", () => {
  assert.is(currencyOf("1200.50 EUR"), "EUR");
});

test.run();
