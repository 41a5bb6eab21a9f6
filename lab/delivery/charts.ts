/**
 * Renders an Application's charts with the real helm, as Argo CD's repo server does:
 * https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { temporaryFolder } from "../../test/support/tree.ts";
import type { KubernetesObject } from "../cluster/client.ts";
import { neededTool } from "../cluster/tools.ts";
import { moduleFolder } from "../toolchain/index.ts";
import { objectsOf, type Source } from "./applications.ts";

/** The upstream charts that a Go module has. The others are in no registry that the lab may ask. */
export const UPSTREAM: Readonly<Record<string, { module: string; folder: string }>> = {
  base: { module: "istio", folder: "manifests/charts/base" },
  cni: { module: "istio", folder: "manifests/charts/istio-cni" },
  istiod: { module: "istio", folder: "manifests/charts/istio-control/istio-discovery" },
  gatekeeper: { module: "github.com/open-policy-agent/gatekeeper/v3", folder: "charts/gatekeeper" },
  "vertical-pod-autoscaler": {
    module: "k8s.io/autoscaler/vertical-pod-autoscaler",
    folder: "charts/vertical-pod-autoscaler",
  },
  "chaos-mesh": { module: "github.com/chaos-mesh/chaos-mesh", folder: "helm/chaos-mesh" },
};

export class ChartRenderer {
  private readonly folder = temporaryFolder("charts");
  private readonly ready = new Map<string, string>();
  private readonly kubernetes: string;
  private readonly packed: ((source: Source) => string) | undefined;

  /**
   * `packed` says where an upstream chart lies, packed with the version that a source names. Without it the folder of
   * its Go module is taken, whose version is another one: charts write it into labels.
   */
  constructor(kubernetes: string, packed?: (source: Source) => string) {
    this.kubernetes = kubernetes;
    this.packed = packed;
  }

  /**
   * What the chart makes of its values; undefined where the chart cannot be had. `values` replaces the values' folder
   * for those who compile elsewhere.
   */
  render(source: Source, namespace: string, valuesIn = PACKAGE_ROOT): KubernetesObject[] | undefined {
    const { chart, helm } = source;
    const place = chart !== undefined && this.packed ? this.packed(source) : this.folderOf(source);
    if (place === undefined) return undefined;
    const values = helm!.valueFiles.flatMap((file) => ["--values", join(valuesIn, file.replace(/^\$values\//, ""))]);
    return objectsOf(
      this.helm([
        "template",
        helm!.releaseName,
        place,
        "--namespace",
        namespace,
        "--kube-version",
        this.kubernetes,
        "--include-crds",
        "--skip-tests",
        ...values,
      ]),
    );
  }

  /** Where the chart is, ready to be installed; undefined where it cannot be had. */
  folderOf({ path, chart }: Pick<Source, "path" | "chart">): string | undefined {
    return path !== undefined ? this.ownChart(path) : this.upstreamChart(chart!);
  }

  /** A copy of a chart of helm-library, with its dependency built as Argo CD builds it. */
  private ownChart(path: string): string {
    const known = this.ready.get(path);
    if (known) return known;
    const library = join(this.folder, String(this.ready.size));
    const folder = join(library, basename(path));
    for (const name of [basename(path), "eco-library"])
      cpSync(join(PACKAGE_ROOT, dirname(path), name), join(library, name), {
        recursive: true,
        filter: (file) => basename(file) !== "charts",
      });
    this.helm(["dependency", "build", folder]);
    this.ready.set(path, folder);
    return folder;
  }

  private upstreamChart(name: string): string | undefined {
    const known = UPSTREAM[name];
    if (!known) return undefined;
    const folder = join(moduleFolder(known.module)!, known.folder);
    if (!existsSync(folder)) throw new Error(`${known.module} has no chart in ${known.folder}`);
    return folder;
  }

  /** What helm prints; throws with its words where it fails. */
  helm(args: readonly string[]): string {
    const home = join(this.folder, "home");
    mkdirSync(home, { recursive: true });
    const env = { ...process.env, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home };
    const { status, stdout, stderr } = spawnSync(neededTool("helm"), args, {
      encoding: "utf8",
      env,
      maxBuffer: 256 << 20,
    });
    if (status !== 0)
      throw new Error(`helm ${args.slice(0, 3).join(" ")}: ${stderr}${args[0] === "lint" ? stdout : ""}`); // lint prints its findings
    return stdout;
  }
}
