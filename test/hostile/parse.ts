import { parse as parseHcl } from "@cdktn/hcl2json";
import { loadAll } from "js-yaml";
import type { EmittedFile } from "../../compiler/5-emit/artifact.ts";

/**
 * What a file's reader makes of it, without what is made from a hash; undefined for text that people read. Throws what
 * the reader throws. How YAML's parsers differ is the serialiser's business, and tested there.
 */
export async function parseOutput({ path, content }: Pick<EmittedFile, "path" | "content">): Promise<unknown> {
  const text = typeof content === "string" ? content : Buffer.from(content).toString("utf8");
  if (path.endsWith(".json")) return comparable(JSON.parse(text));
  if (path.endsWith(".tf")) return hcl(text);
  return /\.ya?ml$/.test(path) ? comparable(loadAll(text)) : undefined;
}

/**
 * The parser keeps `$${` and `%%{`, which Terraform reads as `${` and `%{`; what is left of `${` is an expression and
 * not a text.
 */
async function hcl(text: string): Promise<unknown> {
  const parsed = JSON.stringify(await parseHcl("main.tf", text));
  return comparable(
    JSON.parse(parsed.replaceAll(/(?<![$%])([$%])\{/g, "<$1 expression>{").replaceAll(/([$%])\1\{/g, "$1{")),
  );
}

/** What a template of Go's that has nothing but texts prints; other actions stay visible. */
const goTemplate = (text: string): string =>
  text
    .split('{{"{{"}}')
    .map((part) => part.replaceAll("{{", "<action>"))
    .join("{{");

/** Objects that are handed on as a text of JSON. */
function json(text: string): unknown {
  if (!/^\{".*\}$/s.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Fields of YAML that hold another language. */
const EMBEDDED: Record<string, (text: string) => unknown> = {
  /** Annotations of alerts. */
  summary: goTemplate,
  runbook_url: goTemplate,
  /** A Terraform object's backend: HCL. */
  customConfiguration: hcl,
  /** https://argo-cd.readthedocs.io/en/stable/operator-manual/high_availability/#manifest-paths-annotation */
  "argocd.argoproj.io/manifest-generate-paths": (text) => text.split(";"),
};

async function comparable(data: unknown): Promise<unknown> {
  if (typeof data === "string")
    return data.includes("tfstate") ? "<the name of a state store, cut and hashed>" : (json(data) ?? data);
  if (data === null || typeof data !== "object") return data;
  if (Array.isArray(data)) return Promise.all(data.map(comparable));
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    const content =
      typeof value === "string" && Object.hasOwn(EMBEDDED, key) ? await EMBEDDED[key]!(value) : await comparable(value);
    Object.defineProperty(copy, key, { value: content, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}
