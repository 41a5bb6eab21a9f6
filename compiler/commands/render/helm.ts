import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of the library's charts, or a chart of a repository, which helm fetches. */
export type ChartPlace = { library: string } | { repository: string; name: string; version: string };

/** What a chart is rendered with. */
export interface Release {
  chart: ChartPlace;
  name: string;
  namespace: string;
  /** Of the cluster. */
  kubernetes: string;
  values: Uint8Array;
}

/** Why a chart was not rendered; for people. */
export class RenderError extends Error {}

/** Where there is no helm. */
export class NoHelm extends Error {}

/** A large values file is some megabytes of objects. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Renders charts in a folder of its own, which is nobody's project: charts are there as they were asked for, each with
 * the chart that it is built on, as `helm dependency build` would put it.
 */
export class Helm {
  readonly #folder = mkdtempSync(join(tmpdir(), "eco-compile-render-"));
  readonly #filesOf: (chart: string) => ReadonlyMap<string, Uint8Array>;
  readonly #ready = new Set<string>();

  constructor(filesOf: (chart: string) => ReadonlyMap<string, Uint8Array>) {
    this.#filesOf = filesOf;
  }

  /**
   * As Argo CD calls it: https://github.com/argoproj/argo-cd/blob/v3.5.3/util/helm/cmd.go. It also names the kinds of the
   * cluster, for which nobody is asked here, and for which the library's charts do not ask; others get those that helm knows.
   */
  template({ chart, name, namespace, kubernetes, values }: Release): string {
    const file = join(this.#folder, "values.yaml");
    writeFileSync(file, values);
    const place = ["--name-template", name, "--namespace", namespace, "--kube-version", kubernetes];
    return this.#run(["template", ...this.#placeOf(chart), ...place, "--values", file, "--include-crds"]);
  }

  /** https://helm.sh/docs/helm/helm_template/; a registry has no index, so that the chart's name is part of its address. */
  #placeOf(chart: ChartPlace): string[] {
    if ("library" in chart) {
      this.#prepare(chart.library);
      return [join(this.#folder, chart.library)];
    }
    const { repository, name, version } = chart;
    return repository.startsWith("oci://")
      ? [`${repository.replace(/\/$/, "")}/${name}`, "--version", version]
      : [name, "--repo", repository, "--version", version];
  }

  /** Takes the folder away. */
  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #prepare(chart: string): void {
    if (this.#ready.has(chart)) return;
    for (const [folder, from] of [
      [chart, chart],
      [`${chart}/charts/${BASE}`, BASE],
    ] as const)
      for (const [path, bytes] of this.#filesOf(from)) {
        const file = join(this.#folder, folder, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, bytes);
      }
    this.#ready.add(chart);
  }

  #run(args: readonly string[]): string {
    const home = join(this.#folder, "home"); // no plugins and no repositories of the user's
    const env = { ...process.env, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home };
    const { error, status, stdout, stderr } = spawnSync("helm", args, {
      encoding: "utf8",
      env,
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: MOST_BYTES,
    });
    if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") throw new NoHelm();
    if (error !== undefined) throw new RenderError(`helm: ${error.message}`);
    if (status !== 0) throw new RenderError(`helm: ${stderr.trim().replaceAll(`${this.#folder}/`, "")}`);
    return stdout;
  }
}

/** What all charts of the library are built on. */
const BASE = "eco-library";
