import { parseArgs } from "node:util";

export const USAGE = `http-fault holds one fault open: while it answers, the mesh injects.

  --name NAME         the fault; the answer carries it, so that no other process can be taken for this one
  --watch URL         an address of slo-gate that must answer 200; once or more often
  --for DURATION      how long the fault lasts at most, as 5m
  --every DURATION    time between two looks at what is watched; default 5s
  --listen HOST:PORT  where to answer; default 127.0.0.1:8080
`;

/** What a person got wrong: told in a sentence, without a stack. */
export class Mistake extends Error {}

export interface Options {
  name: string;
  watch: readonly string[];
  /** Milliseconds, as is `every`. */
  duration: number;
  every: number;
  host: string;
  port: number;
}

/** Undefined where only the usage is asked for. */
export function readOptions(argv: readonly string[]): Options | undefined {
  const values = readArguments([...argv]);
  if (values.help) return undefined;
  const { name, watch = [] } = values;
  if (!name || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) throw new Mistake("--name is missing or no DNS label");
  if (watch.length === 0) throw new Mistake("--watch is missing: a fault that nothing stops is an outage");
  for (const address of watch)
    if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
      throw new Mistake(`--watch "${address}" is no http address`);
  if (!values.for) throw new Mistake("--for is missing: a fault without an end is an outage");
  const [, v6, host = v6, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(values.listen) ?? [];
  if (!host || Number(port) > 65_535) throw new Mistake(`--listen "${values.listen}" is not HOST:PORT`);
  return {
    name,
    watch,
    duration: milliseconds("--for", values.for),
    every: milliseconds("--every", values.every),
    host,
    port: Number(port),
  };
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        name: { type: "string" },
        watch: { type: "string", multiple: true },
        for: { type: "string" },
        every: { type: "string", default: "5s" },
        listen: { type: "string", default: "127.0.0.1:8080" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new Mistake(`${(error as Error).message}\n\n${USAGE}`);
  }
}

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

function milliseconds(option: string, text: string): number {
  const [, count, unit] = /^([1-9]\d{0,8})(ms|s|m|h)$/.exec(text) ?? [];
  if (!count) throw new Mistake(`${option} "${text}" is not a duration such as "5s" or "10m"`);
  return Number(count) * UNITS[unit as keyof typeof UNITS];
}
