import { parseArgs } from "node:util";
import { milliseconds } from "./duration.ts";
import { Mistake } from "./mistake.ts";

export const USAGE = `slo-gate answers 200 while a service's SLO holds and 503 when it does not.

  --config FILE       the configuration (schemas/runtime/slo-gate.schema.json)
  --listen HOST:PORT  where to answer; default 127.0.0.1:8080
  --drain DURATION    how long to go on answering after SIGTERM; default 5s
`;

export interface Options {
  config: string;
  host: string;
  port: number;
  drain: number;
}

/** Undefined where only the usage is asked for. */
export function readOptions(argv: string[]): Options | undefined {
  const values = readArguments(argv);
  if (values.help) return undefined;
  if (!values.config) throw new Mistake(`--config is missing\n\n${USAGE}`);
  const [, v6, host = v6, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(values.listen) ?? [];
  if (!host || Number(port) > 65_535) throw new Mistake(`--listen "${values.listen}" is not HOST:PORT`);
  return { config: values.config, host, port: Number(port), drain: milliseconds(values.drain) };
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        config: { type: "string" },
        listen: { type: "string", default: "127.0.0.1:8080" },
        drain: { type: "string", default: "5s" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new Mistake(`${(error as Error).message}\n\n${USAGE}`);
  }
}
