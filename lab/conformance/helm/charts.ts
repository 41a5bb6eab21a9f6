/** The charts of helm-library/ in a scratch copy with the library in place, rendered by the real helm. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadAll, load } from "js-yaml";
import { charts } from "../../../helm-library/schema/compose.ts";
import { consumer } from "../../toolchain/consumer.ts";

export const library = fileURLToPath(new URL("../../../helm-library", import.meta.url));
export const chartNames = Object.keys(charts);
export const helm = consumer("helm");

/** Values and Kubernetes objects are looked at as the plain data that they are. */
export type Data = any;

/** One rendering, with the values that the templates saw: the chart's defaults with the given ones over them. */
export interface Rendered {
  chart: string;
  values: Data;
  objects: Data[];
}

// Chart.yaml wants a newer Kubernetes than a helm built by `go install` assumes (v1.20).
const KUBERNETES = "1.34.0";
export const NAMESPACE = "shop";
export const RELEASE = "web-europe";

export class Charts {
  readonly folder = mkdtempSync(join(tmpdir(), "eco-charts-"));

  constructor() {
    cpSync(library, this.folder, { recursive: true, filter: (path) => basename(path) !== "charts" });
    for (const chart of chartNames) cpSync(join(library, "eco-library"), this.dependency(chart), { recursive: true });
  }

  /** The library as the chart sees it, unpacked so that mutants.test.ts can break it. */
  dependency(chart: string): string {
    return join(this.folder, chart, "charts", "eco-library");
  }

  /** The objects that the chart makes of the values. Throws with helm's message when it refuses them. */
  render(chart: string, values: Data): Rendered {
    const file = join(this.folder, "values.json");
    writeFileSync(file, yamlSafeJson(values));
    const args = ["--kube-version", KUBERNETES, "--namespace", NAMESPACE, "--values", file];
    const text = this.helm(["template", RELEASE, join(this.folder, chart), ...args]);
    return { chart, values: coalesce(defaults(chart), values), objects: (loadAll(text) as Data[]).filter(Boolean) };
  }

  lint(chart: string, values: Data): string {
    const file = join(this.folder, "values.json");
    writeFileSync(file, yamlSafeJson(values));
    return this.helm(["lint", "--strict", join(this.folder, chart), "--values", file]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  helm(args: string[]): string {
    const home = join(this.folder, ".helm");
    const env = { ...process.env, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home };
    return execFileSync(helm!, args, { encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"], maxBuffer: 64 << 20 });
  }
}

export function defaults(chart: string): Data {
  return load(readFileSync(join(library, chart, "values.yaml"), "utf8"));
}

/** The example values beside the chart. */
export function example(chart: string, name: "smallest" | "fullest"): Data {
  return load(readFileSync(join(library, chart, "ci", `${name}-values.yaml`), "utf8"));
}

/** Maps are merged and all else is replaced, as Helm does: https://helm.sh/docs/chart_template_guide/values_files/ */
export function coalesce(base: Data, over: Data): Data {
  if (!isMap(base) || !isMap(over)) return over;
  const merged: Data = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = key in base ? coalesce(base[key], value) : value;
  return merged;
}

function isMap(value: Data): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON that Go's YAML reader takes: it refuses raw control characters, and knows no escaped surrogate pairs. */
function yamlSafeJson(value: Data): string {
  return JSON.stringify(value).replace(
    /[\x7f-\xa0\u2028\u2029\ufeff]/g,
    (char) => "\\u" + char.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}
