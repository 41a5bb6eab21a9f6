import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject } from "ajv";
import schema from "../../schemas/runtime/slo-gate.schema.json" with { type: "json" };
import { milliseconds } from "./duration.ts";
import { Mistake } from "./mistake.ts";

/** The file as the compiler writes it; schemas/runtime/slo-gate.schema.json is the contract. */
export interface ConfigFile {
  prometheus: { url: string; timeout: string; concurrency?: number; cacheFor?: string };
  services: { [service: string]: { slos: { [slo: string]: SloFile } } };
}

interface SloFile {
  query: string;
  comparison: "gte" | "lte";
  threshold: number;
  window: string;
  minimumSamples?: { query: string; count: number };
}

/** One SLO of one service, its queries ready to be asked. */
export interface Objective extends SloFile {
  service: string;
  slo: string;
}

export interface Config {
  prometheus: { url: string; timeout: number; concurrency: number; cacheFor: number };
  services: Map<string, Map<string, Objective>>;
}

const validate = new Ajv({ allErrors: true, verbose: true }).compile<ConfigFile>(schema);

export function readConfig(path: string): Config {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Mistake(`${path} cannot be read: ${(error as Error).message}`);
  }
  return parseConfig(text, path);
}

export function parseConfig(text: string, path: string): Config {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new Mistake(`${path} is not JSON: ${(error as Error).message}`);
  }
  if (!validate(file))
    throw new Mistake([`${path} is not a slo-gate configuration:`, ...findings(validate.errors ?? [])].join("\n  "));
  return {
    prometheus: {
      url: file.prometheus.url.replace(/\/+$/, ""),
      timeout: milliseconds(file.prometheus.timeout),
      concurrency: file.prometheus.concurrency ?? 8,
      cacheFor: milliseconds(file.prometheus.cacheFor ?? "1s"),
    },
    services: mapOf(file.services, ({ slos }, service) => mapOf(slos, (slo, name) => objective(service, name, slo))),
  };
}

// Maps, because "constructor" is a fine name for a service but not for a look-up in an object.
function mapOf<T, U>(entries: { [name: string]: T }, make: (value: T, name: string) => U): Map<string, U> {
  return new Map(Object.entries(entries).map(([name, value]) => [name, make(value, name)]));
}

function objective(service: string, slo: string, { query, minimumSamples, ...rest }: SloFile): Objective {
  const overWindow = (promql: string) => promql.replaceAll("$window", () => rest.window);
  return {
    service,
    slo,
    ...rest,
    query: overWindow(query),
    ...(minimumSamples && { minimumSamples: { ...minimumSamples, query: overWindow(minimumSamples.query) } }),
  };
}

function findings(errors: ErrorObject[]): string[] {
  // A bad name is reported twice: by the rule that it breaks, and by propertyNames, which says where.
  return errors.filter(({ propertyName }) => propertyName === undefined).map(finding);
}

function finding({ instancePath, keyword, params, message, data, parentSchema }: ErrorObject): string {
  const at = place(instancePath);
  switch (keyword) {
    case "additionalProperties":
      return `${at}: unknown key "${params["additionalProperty"]}"; known are ${Object.keys(parentSchema?.["properties"]).join(", ")}`;
    case "propertyNames":
      return `${at}: "${params["propertyName"]}" is not a name here; wanted: ${parentSchema?.["propertyNames"].description}`;
    case "required":
      return `${at}: "${params["missingProperty"]}" is missing`;
    case "enum":
      return `${at} must be one of ${params["allowedValues"].join(", ")}, not ${JSON.stringify(data)}`;
    case "minProperties":
      return `${at} must not be empty`;
    case "pattern":
      return `${at} must look like ${JSON.stringify(parentSchema?.["examples"][0])}, not ${shown(data)}`;
    default:
      return `${at} ${message}, not ${shown(data)}`;
  }
}

/** A JSON pointer as people write it: /services/shop~1cart/slos → services["shop/cart"].slos */
function place(pointer: string): string {
  if (pointer === "") return "the file";
  const keys = pointer
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys
    .map((key) => (/^\w+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`))
    .join("")
    .replace(/^\./, "");
}

function shown(data: unknown): string {
  const text = JSON.stringify(data).replace(/\/\/[^/@]*@/, "//…@"); // the log is no place for a password
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
